import { CommandError } from "local-twilio/command";
import { AppError } from "../errors.ts";

/** Runs something of the emulator's command line. @throws AppError config in place of its CommandError */
export async function runOfEmulator<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) throw thrown;
    throw new AppError("config", thrown.message, { hint: thrown.hint, cause: thrown });
  }
}
