import type { Environment } from "./terminal/colour.ts";
import type { Input } from "./terminal/input.ts";
import type { Shutdown } from "./terminal/interrupts.ts";
import type { Output } from "./terminal/output.ts";

/** What every command gets besides its options. */
export interface Context {
  readonly output: Output;
  readonly input: Input;
  readonly env: Environment;
  /** The folder with `.env`, `warm-transfer.json` and `.warm-transfer/`. */
  readonly cwd: string;
  /** Aborted when the command is asked to end. */
  readonly interrupted: AbortSignal;
  /** For a command that needs more than 3 s to end, or leaves something undone if it is left in the middle. */
  readonly shutdown: Shutdown;
}
