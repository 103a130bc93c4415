import { Argument, type Command } from "commander";
import type { Shell } from "../completion/scripts.ts";
import type { Context } from "../context.ts";
import { withExamples } from "../examples.ts";
import type { Declare, Finish } from "./declare.ts";

const load = () => import("../commands/completion.ts");

/** Called by the completion scripts. */
function declareComplete(program: Command, context: Context, finish: Finish): void {
  program
    .command("__complete", { hidden: true })
    .argument("[words...]")
    .action((words: string[]) => finish(load().then(({ complete }) => complete(program, words, context))));
}

/** `warm-transfer completion` */
export const declareCompletion: Declare = (program, context, finish) => {
  const command = program
    .command("completion")
    .summary("shell completion for bash, zsh and fish")
    .description(
      "Prints a script that completes commands, options and their values. " +
        "A running server adds the names of agents and live calls.",
    )
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .action((shell: Shell) => finish(load().then(({ completion }) => completion(shell, context))));
  withExamples(command, [
    ['eval "$(warm-transfer completion bash)"', "in ~/.bashrc"],
    ['eval "$(warm-transfer completion zsh)"', "in ~/.zshrc, after compinit"],
    ["warm-transfer completion fish | source", "in ~/.config/fish/config.fish"],
  ]);
  declareComplete(program, context, finish);
};
