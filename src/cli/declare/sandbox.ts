import { Option } from "commander";
import { quirkOption } from "local-twilio/command";
import { parseAgents, parsePort } from "../arguments.ts";
import type { SandboxFlags } from "../commands/sandbox.ts";
import { withExamples } from "../examples.ts";
import type { Declare } from "./declare.ts";

function agentsOption(): Option {
  return new Option("--agents <ids>", "agents in ringing order")
    .default(["agent1", "agent2"], "agent1,agent2")
    .argParser(parseAgents);
}

/** The names in `play/scenarios.ts`, which --help does not load. */
export const SCENARIO_NAMES = [
  "warm-transfer",
  "complete",
  "leave-early",
  "cancel",
  "cancel-together",
  "target-leaves",
  "abandoned",
  "consult",
  "consult-leave",
  "consult-together",
  "consult-swap",
  "consult-cancel",
  "consult-target-leaves",
  "consult-declined",
  "consult-leave-early",
  "consult-abandoned",
  "blind",
  "blind-declined",
  "blind-no-answer",
  "blind-abandoned",
  "voicemail",
  "phone",
  "phone-declined",
  "declined",
  "no-answer",
  "busy",
  "unreachable",
  "rung-back",
  "lost-agent",
  "lost-in-consultation",
  "no-agent",
  "customer-gives-up",
];

/** The choices serve completion only: the error for an unknown name describes each scenario. */
function playOption(): Option {
  const option = new Option(
    "--play [scenario]",
    "play a scenario with scripted people, without a browser; measures who hears whom",
  );
  option.argChoices = [...SCENARIO_NAMES, "all"];
  return option;
}

/** `warm-transfer sandbox` */
export const declareSandbox: Declare = (program, context, finish) => {
  const command = program
    .command("sandbox")
    .summary("everything on this machine: server, emulator, agents, a customer's phone")
    .description(
      "Hear a warm transfer on this machine, without an account: a local Twilio, the server, agents, a phone.",
    )
    .option("--port <number>", "port of the server, 0 = any free one (default: 3000)", parsePort)
    .option("--emulator-port <number>", "port of the local Twilio, 0 = any (default: 4010)", parsePort)
    .addOption(agentsOption())
    .addOption(
      new Option("--language <code>", "language that customers hear").choices(["en", "ja"]).default("en"),
    )
    .addOption(playOption())
    .addOption(quirkOption())
    .action((flags: SandboxFlags) =>
      finish(import("../commands/sandbox.ts").then(({ sandbox }) => sandbox(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer sandbox", "three pages to open, then the live calls"],
    ["warm-transfer sandbox --port 0 --emulator-port 0", "on any free ports"],
    ["warm-transfer sandbox --agents anna,ben,chika", "with three agents"],
    ["warm-transfer sandbox --play warm-transfer", "the whole transfer in ten seconds, no browser"],
    ["warm-transfer sandbox --play all", "every scenario side by side, and a table"],
    ["warm-transfer sandbox --json", "one JSON object per line"],
  ]);
};
