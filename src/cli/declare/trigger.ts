import { Argument, type Command } from "commander";
import { defineTriggerCall } from "local-twilio/command";
import { parseWebAddress } from "../arguments.ts";
import type { TriggerTransferFlags } from "../commands/trigger.ts";
import type { Context } from "../context.ts";
import { runOfEmulator } from "../emulator-errors.ts";
import { withExamples } from "../examples.ts";
import type { Declare, Finish } from "./declare.ts";
import { SCENARIO_NAMES } from "./sandbox.ts";
import { withServerOptions } from "./server-options.ts";

/** The choices serve completion only: the error for an unknown name describes each scenario. */
function scenarioArgument(): Argument {
  const argument = new Argument("[scenario]", "one of sandbox --play").default("warm-transfer");
  argument.argChoices = [...SCENARIO_NAMES];
  return argument;
}

function declareTransfer(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("transfer")
      .summary("scripted people play a transfer at a running server")
      .description(
        "A scripted customer calls, and two scripted agents answer and transfer, at a server and an emulator that run already. Measures who hears whom.",
      )
      .addArgument(scenarioArgument())
      .option(
        "--emulator <url>",
        "URL of the emulator (default: a running sandbox's, or port 4010)",
        parseWebAddress,
      ),
  ).action((name: string, flags: TriggerTransferFlags) =>
    finish(
      import("../commands/trigger.ts").then(({ triggerTransfer }) => triggerTransfer(name, flags, context)),
    ),
  );
  withExamples(command, [
    ["warm-transfer trigger transfer", "agent1 brings agent2 in and leaves"],
    ["warm-transfer trigger transfer consult-declined", "another scenario"],
    ["warm-transfer trigger transfer --json", "one JSON object per line"],
  ]);
}

/** `warm-transfer trigger` */
export const declareTrigger: Declare = (program, context, finish) => {
  const group = program
    .command("trigger")
    .helpCommand(false)
    .summary("let scripted people call: a call, a whole transfer")
    .description("Lets scripted people call at a running sandbox, or at any emulator and server.");
  withExamples(group, [
    ["warm-transfer trigger call", "a customer calls; you answer"],
    ["warm-transfer trigger transfer", "a whole transfer, by scripted people"],
  ]);
  defineTriggerCall(
    group.command("call"),
    "warm-transfer trigger call",
    (work) => finish(runOfEmulator(() => work(context))),
    async () => (await import("../trigger/find-emulator.ts")).findEmulator(context),
  );
  declareTransfer(group, context, finish);
};
