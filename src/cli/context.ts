import type { Environment } from "./colour.ts";
import type { Output } from "./output.ts";

/** What every command gets besides its options. */
export interface Context {
  readonly output: Output;
  readonly env: Environment;
  /** Aborted when the command is asked to end. */
  readonly asked: AbortSignal;
}
