import { createRequire } from "node:module";
import { CommandError } from "./command-error.ts";

const { resolve } = createRequire(import.meta.url);

/** Sound in browsers needs a native package, which `npm install --omit=optional` leaves out. @throws CommandError without it */
export function assertSoundInstalled(): void {
  try {
    resolve("node-datachannel");
  } catch (cause) {
    throw new CommandError(
      "Sound in the browser needs the package node-datachannel, which is not installed.",
      "Run the same npm install again with --include=optional.",
      cause,
    );
  }
}
