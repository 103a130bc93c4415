import { Command, Option } from "commander";
import { parseAgents, parseNumber, parsePort, parseWebAddress } from "./arguments.ts";
import type { EmulatorFlags } from "./commands/emulator.ts";
import type { SandboxFlags } from "./commands/sandbox.ts";
import type { Context } from "./context.ts";
import { withExamples } from "./examples.ts";
import { DONE } from "./exit-codes.ts";
import { asUsageError, isDone } from "./usage-error.ts";
import { readVersion } from "./version.ts";

/** Lets an action hand over its exit code. */
type Finish = (code: Promise<number>) => Promise<void>;

function agentsOption(): Option {
  return new Option("--agents <ids>", "who can answer, in the order in which they are rung")
    .default(["agent1", "agent2"], "agent1,agent2")
    .argParser(parseAgents);
}

function declareSandbox(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command("sandbox")
    .summary("everything on this machine: server, emulator, agents, a customer's phone")
    .description(
      "Hear a warm transfer on this machine, without an account: a local Twilio, the server, agents, a phone.",
    )
    .option("--port <number>", "port of the server, 0 = any free one (default: 3000)", parsePort)
    .option("--emulator-port <number>", "port of the local Twilio, 0 = any (default: 4010)", parsePort)
    .addOption(agentsOption())
    .addOption(new Option("--language <code>", "what the customer hears").choices(["en", "ja"]).default("en"))
    .option(
      "--play [scenario]",
      "no browser: scripted people play a scenario, and what each one hears is measured",
    )
    .action((flags: SandboxFlags) =>
      finish(import("./commands/sandbox.ts").then(({ sandbox }) => sandbox(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer sandbox", "three addresses to open, then the live call"],
    ["warm-transfer sandbox --port 0 --emulator-port 0", "on any free ports"],
    ["warm-transfer sandbox --agents anna,ben,chika", "with three agents"],
    ["warm-transfer sandbox --play warm-transfer", "the whole transfer in ten seconds, no browser"],
    ["warm-transfer sandbox --json", "one object a line, for programs"],
  ]);
}

function declareEmulator(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command("emulator")
    .summary("the local Twilio alone, for any Twilio voice app")
    .description(
      "A local Twilio for any voice app. TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET\n" +
        "and TWILIO_NUMBER are taken from the environment where they are set, and made up where not.",
    )
    .option("--port <number>", "0 = any free one (default: 4010)", parsePort)
    .option("--number <number>", "the phone number that the account has, as in +1 555 000 1111", parseNumber)
    .option("--voice-url <address>", "the app's webhook for calls to that number", parseWebAddress)
    .action((flags: EmulatorFlags) =>
      finish(import("./commands/emulator.ts").then(({ emulator }) => emulator(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer emulator", "on port 4010, with made-up credentials"],
    ["warm-transfer emulator --voice-url http://127.0.0.1:3000/voice", "calls go to your app"],
    ["warm-transfer emulator --port 0 --json", "for scripts: the first line has everything"],
  ]);
}

/** Declares every command. Loads nothing but commander: what a command needs, its action imports. */
function declareProgram(context: Context, finish: Finish): Command {
  const program = new Command("warm-transfer")
    .description(
      "Warm transfers on Twilio: a customer is handed from one agent to the next, and never left alone.",
    )
    .version(readVersion(), "-v, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .option("--json", "data as JSON on stdout, errors as JSON on stderr")
    .option("--debug", "show where an error comes from")
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => context.output.paint.bold(title) })
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
    .exitOverride();
  withExamples(program, [
    ["warm-transfer sandbox", "call, answer and transfer on this machine"],
    ["warm-transfer sandbox --play warm-transfer", "the same in ten seconds, played by scripted people"],
    ["warm-transfer emulator", "a local Twilio for any voice app"],
  ]);
  declareSandbox(program, context, finish);
  declareEmulator(program, context, finish);
  return program;
}

/**
 * Understands and runs one command.
 * @param words without node and the script
 * @returns the exit code @throws AppError `usage` for words that make no sense, and whatever the command throws
 */
export async function runProgram(words: readonly string[], context: Context): Promise<number> {
  let code = DONE;
  const program = declareProgram(context, async (result) => void (code = await result));
  if (words.length === 0) program.outputHelp();
  if (words.length === 0) return code;
  return program.parseAsync(words, { from: "user" }).then(
    () => code,
    (thrown: unknown) => {
      if (isDone(thrown)) return DONE;
      throw asUsageError(thrown);
    },
  );
}
