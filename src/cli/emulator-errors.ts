import { CommandError } from "local-twilio/command";
import { AppError, type ErrorCategory } from "../errors.ts";

/** By the exit code of the emulator's own command. */
const CATEGORIES: Readonly<Record<number, ErrorCategory>> = { 3: "conflict", 5: "network", 6: "timeout" };

/** Runs something of the emulator's command line. @throws AppError in place of its CommandError */
export async function runOfEmulator<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) throw thrown;
    throw new AppError(CATEGORIES[thrown.exitCode] ?? "config", thrown.message, {
      hint: thrown.hint,
      cause: thrown,
    });
  }
}
