import type { Sound } from "./port.ts";

/** A sound with its length, so that the engine can time a verb without listening to it. */
export interface Clip {
  /** Milliseconds. */
  readonly durationMs: number;
  start(): Sound;
}
