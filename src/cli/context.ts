import type { Environment } from "./terminal/colour.ts";
import type { Input } from "./terminal/input.ts";
import type { Shutdown } from "./terminal/interrupts.ts";
import type { Output } from "./terminal/output.ts";

/** Passed to every command beside its options. */
export interface Context {
  readonly output: Output;
  readonly input: Input;
  readonly env: Environment;
  /** The folder with `.env`, `warm-transfer.json` and `.warm-transfer/`. */
  readonly cwd: string;
  /** Aborted by Ctrl-C, SIGTERM, SIGHUP or a closed output. */
  readonly interrupted: AbortSignal;
  /** For commands that need more than 3 s to exit, or leave work undone if they are killed. */
  readonly shutdown: Shutdown;
}
