import { Argument, type Command } from "commander";
import type { Shell } from "../commands/completion.ts";
import type { Kind } from "../completion/command-tree.ts";
import type { Context } from "../context.ts";
import { withExamples } from "../examples.ts";
import type { Declare, Finish } from "./declare.ts";

const load = () => import("../commands/completion.ts");

/** What the scripts ask; not for people. */
function declareComplete(program: Command, context: Context, finish: Finish): void {
  program
    .command("__complete", { hidden: true })
    .argument("<kind>")
    .argument("[current]")
    .argument("[line]")
    .action((kind: Kind, current: string | undefined, line: string | undefined) =>
      finish(load().then(({ complete }) => complete(kind, current ?? "", line ?? "", context))),
    );
}

/** `warm-transfer completion` */
export const declareCompletion: Declare = (program, context, finish) => {
  const command = program
    .command("completion")
    .summary("commands, options and names by the tabulator key")
    .description(
      "Prints a script that completes commands, options, and the names of agents and live calls " +
        "from the running server.",
    )
    .addArgument(new Argument("<shell>", "whose script").choices(["bash", "zsh", "fish"]))
    .action((shell: Shell) => finish(load().then(({ completion }) => completion(program, shell, context))));
  withExamples(command, [
    ['eval "$(warm-transfer completion bash)"', "into ~/.bashrc"],
    ['eval "$(warm-transfer completion zsh)"', "into ~/.zshrc, after compinit"],
    ["warm-transfer completion fish | source", "into ~/.config/fish/config.fish"],
  ]);
  declareComplete(program, context, finish);
};
