import { type Command, Option } from "commander";
import { parseTarget } from "../arguments.ts";
import type { StartFlags, TransferFlags } from "../commands/transfer.ts";
import type { Context } from "../context.ts";
import { withExamples } from "../examples.ts";
import { parseDuration } from "../times.ts";
import type { TransferVerb } from "../views/sentence.ts";
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
      .summary("bring another agent or a phone into a call")
      .description(
        "Rings another agent, or a phone. three-way: all three then talk. consult: the customer hears music while the agents talk first. blind: the first agent leaves at once, and the customer hears music until the new agent answers.",
      )
      .argument(...CONFERENCE)
      .option(
        "--to <agent>",
        "the agent to ring, or a phone number or SIP address (default: the only free agent)",
        parseTarget,
      )
      .addOption(
        new Option(
          "--mode <mode>",
          "how to bring the agent in (default: transferMode in warm-transfer.json)",
        ).choices(["three-way", "consult", "blind"]),
      )
      .option("--note <text>", "what the new agent reads, or hears at a phone; at most 500 characters"),
  ).action((word: string | undefined, flags: StartFlags) =>
    finish(load().then(({ startTransfer }) => startTransfer(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer transfer start --to agent2", "of the only call; prompts if there are several"],
    ["warm-transfer transfer start 5f3a9c --to agent2", "by the last characters of its SID"],
    ["warm-transfer transfer start --to agent2 --mode consult", "the agents talk first"],
    ["warm-transfer transfer start --to +15550100200", "a phone: its owner hears the note, then presses 1"],
    ["warm-transfer transfer start --to agent2 --wait --json", "for scripts: exit 0 if completed"],
  ]);
}

interface Change {
  verb: Exclude<TransferVerb, "start">;
  summary: string;
  description: string;
}

const CHANGES: readonly Change[] = [
  {
    verb: "complete",
    summary: "leave the customer with the new agent",
    description: "Removes the first agent; the customer stays with the new agent.",
  },
  {
    verb: "bring-together",
    summary: "let all three talk after a consultation",
    description: "Ends a consultation: takes the customer off hold, and all three talk.",
  },
  {
    verb: "swap",
    summary: "talk to the customer during a consultation, and back",
    description: "In a consultation, puts the new agent on hold and takes the customer off hold, or back.",
  },
  {
    verb: "cancel",
    summary: "let the new agent go",
    description:
      "Removes the new agent, who may still be ringing; the customer talks to the first agent again.",
  },
];

function declareChange(
  { verb, summary, description }: Change,
  group: Command,
  context: Context,
  finish: Finish,
): void {
  const command = group
    .command(verb)
    .summary(summary)
    .description(description)
    .argument(...CONFERENCE);
  const withOptions = verb === "complete" ? withWait(command) : withServerOptions(command);
  withOptions.action((word: string | undefined, flags: TransferFlags) =>
    finish(load().then(({ changeTransfer }) => changeTransfer(verb, word, flags, context))),
  );
  withExamples(withOptions, [
    [`warm-transfer transfer ${verb}`, "the only transfer; prompts if there are several"],
    [`warm-transfer transfer ${verb} 5f3a9c`, "of this call"],
  ]);
}

/** `warm-transfer transfer` */
export const declareTransfer: Declare = (program, context, finish) => {
  const group = program
    .command("transfer")
    .helpCommand(false)
    .summary("transfer a customer: start, complete, cancel, …")
    .description("Transfers a customer from one agent to another.");
  withExamples(group, [
    ["warm-transfer transfer start --to agent2", "rings agent2"],
    ["warm-transfer transfer complete", "leaves the customer with agent2"],
  ]);
  declareStart(group, context, finish);
  for (const change of CHANGES) declareChange(change, group, context, finish);
};
