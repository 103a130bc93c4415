import { CommanderError } from "commander";
import { AppError } from "../errors.ts";

const SUGGESTION = /\n\(Did you mean (.+)\?\)$/s;

/** What commander has to say about wrong words, as our error; a nearby word becomes the hint. Other errors unchanged. */
export function asUsageError(thrown: unknown): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const nearby = SUGGESTION.exec(thrown.message)?.[1];
  const message = thrown.message.replace(SUGGESTION, "").replace(/^error: /, "");
  if (thrown.code === "commander.help") return new AppError("usage", "A command is needed.", HELP);
  return new AppError("usage", asSentence(message), nearby ? { hint: `Did you mean ${nearby}?` } : HELP);
}

const asSentence = (text: string): string =>
  text.slice(0, 1).toUpperCase() + text.slice(1) + (text.endsWith(".") ? "" : ".");

const HELP = { hint: "warm-transfer --help shows every command, warm-transfer COMMAND --help its options." };

/** True for `--help` and `--version`: commander ends them by throwing. */
export function isDone(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0;
}
