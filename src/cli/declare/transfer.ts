import type { Command } from "commander";
import { parseAgent } from "../arguments.ts";
import type { StartFlags, TransferFlags } from "../commands/transfer.ts";
import type { Context } from "../context.ts";
import type { ServerFlags } from "../control/with-control.ts";
import { withExamples } from "../examples.ts";
import { parseDuration } from "../times.ts";
import type { Declare, Finish } from "./declare.ts";
import { CONFERENCE, withServerOptions } from "./server-options.ts";

const load = () => import("../commands/transfer.ts");

function withWait(command: Command): Command {
  return command
    .option("--wait", "wait for the outcome; exit 0 if completed, else 1")
    .option("--server <url>", "URL of the server (default: the one started in this folder)")
    .option(
      "--timeout <duration>",
      "time-out of each request (default: 10s); with --wait, of the outcome (default: 10m)",
      parseDuration,
    );
}

function declareStart(group: Command, context: Context, finish: Finish): void {
  const command = withWait(
    group
      .command("start")
      .summary("bring another agent into a call")
      .description("Rings another agent, who then talks with the customer and the first agent.")
      .argument(...CONFERENCE)
      .option("--to <agent>", "the agent to ring (default: the only free one)", parseAgent),
  ).action((word: string | undefined, flags: StartFlags) =>
    finish(load().then(({ startTransfer }) => startTransfer(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer transfer start --to agent2", "of the only call; prompts if there are several"],
    ["warm-transfer transfer start 5f3a9c --to agent2", "by the last characters of its SID"],
    ["warm-transfer transfer start --to agent2 --wait --json", "for scripts: exit 0 if completed"],
  ]);
}

function declareComplete(group: Command, context: Context, finish: Finish): void {
  const command = withWait(
    group
      .command("complete")
      .summary("leave the customer with the new agent")
      .description("Removes the first agent; the customer stays with the new agent.")
      .argument(...CONFERENCE),
  ).action((word: string | undefined, flags: TransferFlags) =>
    finish(load().then(({ completeTransfer }) => completeTransfer(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer transfer complete", "the only transfer; prompts if there are several"],
    ["warm-transfer transfer complete 5f3a9c", "of this call"],
  ]);
}

function declareCancel(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("cancel")
      .summary("stop ringing the new agent")
      .description("Cancels a transfer that nobody has answered; the call carries on.")
      .argument(...CONFERENCE),
  ).action((word: string | undefined, flags: ServerFlags) =>
    finish(load().then(({ cancelTransfer }) => cancelTransfer(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer transfer cancel", "the only transfer; prompts if there are several"],
    ["warm-transfer transfer cancel 5f3a9c", "of this call"],
  ]);
}

/** `warm-transfer transfer` */
export const declareTransfer: Declare = (program, context, finish) => {
  const group = program
    .command("transfer")
    .helpCommand(false)
    .summary("transfer a customer: start, complete, cancel")
    .description("Transfers a customer from one agent to another.");
  withExamples(group, [
    ["warm-transfer transfer start --to agent2", "rings agent2"],
    ["warm-transfer transfer complete", "leaves the customer with agent2"],
  ]);
  for (const declare of [declareStart, declareComplete, declareCancel]) declare(group, context, finish);
};
