import type { Command } from "commander";
import { parseAgent } from "../arguments.ts";
import type { StartFlags, TransferFlags } from "../commands/transfer.ts";
import type { Context } from "../context.ts";
import type { ServerFlags } from "../control/operate.ts";
import { withExamples } from "../examples.ts";
import { parseDuration } from "../times.ts";
import type { Declare, Finish } from "./declare.ts";
import { CONFERENCE, withServerOptions } from "./server-options.ts";

const load = () => import("../commands/transfer.ts");

function withWait(command: Command): Command {
  return command
    .option("--wait", "follow the transfer to its outcome; exit 0 when it is completed, else 1")
    .option("--server <url>", "a server elsewhere (default: the one that was started in this folder)")
    .option(
      "--timeout <duration>",
      "how long to wait for the server (default: 10s), with --wait for the outcome (default: 10m)",
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
      .option("--to <agent>", "who is rung (default: the only one who is free)", parseAgent),
  ).action((word: string | undefined, flags: StartFlags) =>
    finish(load().then(({ startTransfer }) => startTransfer(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer transfer start --to agent2", "of the only call, or of the one that you choose"],
    ["warm-transfer transfer start 5f3a9c --to agent2", "by the ending of its SID"],
    ["warm-transfer transfer start --to agent2 --wait --json", "for scripts: exit 0 when it is completed"],
  ]);
}

function declareComplete(group: Command, context: Context, finish: Finish): void {
  const command = withWait(
    group
      .command("complete")
      .summary("leave the customer with the new agent")
      .description("Takes the first agent out of the call; the customer and the new agent talk on.")
      .argument(...CONFERENCE),
  ).action((word: string | undefined, flags: TransferFlags) =>
    finish(load().then(({ completeTransfer }) => completeTransfer(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer transfer complete", "the only transfer, or the one that you choose"],
    ["warm-transfer transfer complete 5f3a9c", "of this call"],
  ]);
}

function declareCancel(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("cancel")
      .summary("stop ringing the new agent")
      .description("Takes a transfer back that nobody has answered yet; the call goes on as it was.")
      .argument(...CONFERENCE),
  ).action((word: string | undefined, flags: ServerFlags) =>
    finish(load().then(({ cancelTransfer }) => cancelTransfer(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer transfer cancel", "the only transfer, or the one that you choose"],
    ["warm-transfer transfer cancel 5f3a9c", "of this call"],
  ]);
}

/** `warm-transfer transfer` */
export const declareTransfer: Declare = (program, context, finish) => {
  const group = program
    .command("transfer")
    .helpCommand(false)
    .summary("hand a customer on: start, complete, cancel")
    .description("Hands a customer from one agent to the next.");
  withExamples(group, [
    ["warm-transfer transfer start --to agent2", "rings agent2"],
    ["warm-transfer transfer complete", "leaves the customer with agent2"],
  ]);
  for (const declare of [declareStart, declareComplete, declareCancel]) declare(group, context, finish);
};
