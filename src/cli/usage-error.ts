import { CommanderError } from "commander";
import { AppError } from "../errors.ts";

const SUGGESTION = /\n\(Did you mean (.+)\?\)$/s;

/** What commander has to say about wrong words, as our error; a nearby word becomes the hint. Other errors unchanged. */
export function asUsageError(thrown: unknown): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const nearby = SUGGESTION.exec(thrown.message)?.[1];
  const message = thrown.message.replace(SUGGESTION, "").replace(/^error: /, "");
  if (thrown.code === "commander.help") return new AppError("usage", "a command is needed", HELP);
  return new AppError("usage", message, nearby ? { hint: `did you mean ${nearby}?` } : HELP);
}

const HELP = { hint: "warm-transfer --help shows every command; warm-transfer COMMAND --help its options" };

/** True for `--help` and `--version`: commander ends them by throwing. */
export function isDone(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0;
}
