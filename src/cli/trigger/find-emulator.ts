import { findSandbox } from "../../compose/sandbox-state.ts";
import type { Context } from "../context.ts";

/** The emulator of this folder's running sandbox; undefined: none runs. */
export async function findEmulator({ cwd }: Pick<Context, "cwd">): Promise<string | undefined> {
  return (await findSandbox(cwd))?.emulator;
}
