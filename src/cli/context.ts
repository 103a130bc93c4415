import type { Environment } from "./colour.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output.ts";

/** What every command gets besides its options. */
export interface Context {
  readonly output: Output;
  readonly input: Input;
  readonly env: Environment;
  /** The folder with `.env`, `warm-transfer.json` and `.warm-transfer/`. */
  readonly cwd: string;
  /** Aborted when the command is asked to end. */
  readonly asked: AbortSignal;
}
