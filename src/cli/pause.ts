import { setTimeout as pause } from "node:timers/promises";

/** A pause as it is injected, so that tests need not wait. */
export type Pause = (ms: number, stopped: AbortSignal) => Promise<void>;

/** Resolves after so many milliseconds, or as soon as nobody waits any more. Leaves nothing behind at the signal. */
export async function pauseFor(ms: number, stopped?: AbortSignal): Promise<void> {
  await pause(ms, undefined, stopped ? { signal: stopped } : {}).catch(() => undefined);
}
