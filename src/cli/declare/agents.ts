import type { Command } from "commander";
import { parseAgent } from "../arguments.ts";
import type { AddFlags, RemoveFlags } from "../commands/agents.ts";
import type { Context } from "../context.ts";
import type { ServerFlags } from "../control/operate.ts";
import { withExamples } from "../examples.ts";
import type { Declare, Finish } from "./declare.ts";
import { withServerOptions } from "./server-options.ts";

const load = () => import("../commands/agents.ts");

function declareList(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("list")
      .summary("who can answer calls, and what each one does now")
      .description("Agents in the order in which they are rung: signed in, free, in which call."),
  ).action((flags: ServerFlags) => finish(load().then(({ listAgents }) => listAgents(flags, context))));
  withExamples(command, [
    ["warm-transfer agents list", "a line for each agent"],
    ["warm-transfer agents list --json", "for programs"],
  ]);
}

function declareAdd(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("add")
      .summary("let somebody else answer calls too")
      .description(
        "Adds an agent, who is rung after the others. Where no server runs: in warm-transfer.json.",
      )
      .argument("<id>", "letters, digits and underscores", parseAgent)
      .option("--name <name>", "what others see (default: made from the id)"),
  ).action((id: string, flags: AddFlags) =>
    finish(load().then(({ addAgent }) => addAgent(id, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer agents add chika", "from now on chika is rung too"],
    ['warm-transfer agents add chika --name "Chika Abe"', "under this name"],
  ]);
}

function declareRemove(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("remove")
      .summary("take an agent off the list, and sign the agent out")
      .description(
        "Removes an agent and ends the agent's sessions. Where no server runs: in warm-transfer.json.",
      )
      .argument("<agent>", "the agent's id", parseAgent)
      .option("--yes", "do not ask"),
  ).action((id: string, flags: RemoveFlags) =>
    finish(load().then(({ removeAgent }) => removeAgent(id, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer agents remove chika", "asks first"],
    ["warm-transfer agents remove chika --yes", "for scripts"],
  ]);
}

function declareLink(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("link")
      .summary("a link that signs an agent in")
      .description("Prints a sign-in link, which expires. Whoever has it is that agent: send it with care.")
      .argument("<agent>", "the agent's id", parseAgent),
  ).action((id: string, flags: ServerFlags) =>
    finish(load().then(({ linkAgent }) => linkAgent(id, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer agents link chika", "the link on stdout, until when on stderr"],
    ["warm-transfer agents link chika | qrencode -t utf8", "to be read by a phone"],
  ]);
}

/** `warm-transfer agents` */
export const declareAgents: Declare = (program, context, finish) => {
  const group = program
    .command("agents")
    .helpCommand(false)
    .summary("who can answer calls; a sign-in link for one")
    .description("Who can answer calls.");
  withExamples(group, [
    ["warm-transfer agents list", "who is signed in, free, in which call"],
    ["warm-transfer agents link agent1", "a sign-in link"],
  ]);
  for (const declare of [declareList, declareAdd, declareRemove, declareLink])
    declare(group, context, finish);
};
