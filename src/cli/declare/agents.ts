import type { Command } from "commander";
import { parseAgent } from "../arguments.ts";
import type { AddFlags, RemoveFlags } from "../commands/agents.ts";
import type { Context } from "../context.ts";
import type { ServerFlags } from "../control/with-control.ts";
import { withExamples } from "../examples.ts";
import type { Declare, Finish } from "./declare.ts";
import { withServerOptions } from "./server-options.ts";

const load = () => import("../commands/agents.ts");

function declareList(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("list")
      .summary("list the agents with their states")
      .description("Lists the agents in the order in which they ring, with state and call."),
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
      .summary("add an agent")
      .description(
        "Adds an agent, who rings last. If no server is running, the agent is added to warm-transfer.json.",
      )
      .argument("<id>", "letters, digits and underscores", parseAgent)
      .option("--name <name>", "display name (default: derived from the id)"),
  ).action((id: string, flags: AddFlags) =>
    finish(load().then(({ addAgent }) => addAgent(id, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer agents add chika", "chika answers calls, too"],
    ['warm-transfer agents add chika --name "Chika Abe"', "with a display name"],
  ]);
}

function declareRemove(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("remove")
      .summary("remove an agent and end the sessions")
      .description(
        "Removes an agent and ends the agent's sessions. If no server is running, edits warm-transfer.json.",
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
      .summary("print a sign-in link")
      .description("Prints a sign-in link. Anyone who opens it before it expires is signed in as that agent.")
      .argument("<agent>", "the agent's id", parseAgent),
  ).action((id: string, flags: ServerFlags) =>
    finish(load().then(({ linkAgent }) => linkAgent(id, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer agents link chika", "the link on stdout, its expiry on stderr"],
    ["warm-transfer agents link chika | qrencode -t utf8", "as a QR code"],
  ]);
}

/** `warm-transfer agents` */
export const declareAgents: Declare = (program, context, finish) => {
  const group = program
    .command("agents")
    .helpCommand(false)
    .summary("agents: list, add, remove; sign-in links")
    .description("Lists, adds and removes agents, and prints their sign-in links.");
  withExamples(group, [
    ["warm-transfer agents list", "states and calls of all agents"],
    ["warm-transfer agents link agent1", "a sign-in link"],
  ]);
  for (const declare of [declareList, declareAdd, declareRemove, declareLink])
    declare(group, context, finish);
};
