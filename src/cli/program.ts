import { Command } from "commander";
import { readVersion } from "../version.ts";
import type { Context } from "./context.ts";
import { declareAgents } from "./declare/agents.ts";
import { declareCompletion } from "./declare/completion.ts";
import { declareConferences } from "./declare/conferences.ts";
import type { Declare, Finish } from "./declare/declare.ts";
import { declareDoctor } from "./declare/doctor.ts";
import { declareEmulator } from "./declare/emulator.ts";
import { declareHistory } from "./declare/history.ts";
import { declareInit } from "./declare/init.ts";
import { declareNumber } from "./declare/number.ts";
import { declareParticipants } from "./declare/participants.ts";
import { declareReplay } from "./declare/replay.ts";
import { declareSandbox } from "./declare/sandbox.ts";
import { declareStart } from "./declare/start.ts";
import { declareTransfer } from "./declare/transfer.ts";
import { declareTrigger } from "./declare/trigger.ts";
import { withExamples } from "./examples.ts";
import { DONE } from "./exit-codes.ts";
import { asUsageError, isCleanExit } from "./usage-error.ts";

/** In the order of the help. */
const COMMANDS: readonly Declare[] = [
  declareSandbox,
  declareInit,
  declareStart,
  declareDoctor,
  declareNumber,
  declareAgents,
  declareConferences,
  declareTransfer,
  declareParticipants,
  declareHistory,
  declareTrigger,
  declareReplay,
  declareEmulator,
  declareCompletion,
];

/** Declares every command. Imports only commander; each action imports what it needs. */
export function declareProgram(context: Context, finish: Finish): Command {
  const program = new Command("warm-transfer")
    .description("Warm transfers on Twilio: hand a customer from one agent to another, never left alone.")
    .version(readVersion(), "-v, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .option("--json", "print data (stdout) and errors (stderr) as JSON")
    .option("--debug", "show stack traces of errors")
    .option("--no-input", "never prompt; missing input is an error")
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => context.output.paint.bold(title) })
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
    .exitOverride();
  withExamples(program, [
    ["warm-transfer sandbox", "call, answer and transfer on this machine"],
    ["warm-transfer sandbox --play warm-transfer", "the same in ten seconds, by scripted people"],
    ["warm-transfer init", "set up your own Twilio number"],
    ["warm-transfer start", "serve it, until Ctrl-C"],
    ["warm-transfer conferences list", "the live calls, from any terminal"],
    ["warm-transfer emulator", "a local Twilio for any voice app"],
  ]);
  for (const declare of COMMANDS) declare(program, context, finish);
  return program;
}

/**
 * Parses and runs one command.
 * @param words without node and the script
 * @returns the exit code @throws AppError `usage` for a malformed command line, and whatever the command throws
 */
export async function runProgram(words: readonly string[], context: Context): Promise<number> {
  let code = DONE;
  const program = declareProgram(context, async (result) => void (code = await result));
  if (words.length === 0) program.outputHelp();
  if (words.length === 0) return code;
  return program.parseAsync(words, { from: "user" }).then(
    () => code,
    (thrown: unknown) => {
      if (isCleanExit(thrown)) return DONE;
      throw asUsageError(thrown, program, words);
    },
  );
}
