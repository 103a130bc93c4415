import { setTimeout as pause } from "node:timers/promises";

/** Injected, so that tests need not wait. */
export type Pause = (ms: number, stopped: AbortSignal) => Promise<void>;

/** Resolves after `ms` milliseconds, or when the signal is aborted. */
export async function pauseFor(ms: number, stopped?: AbortSignal): Promise<void> {
  await pause(ms, undefined, stopped ? { signal: stopped } : {}).catch(() => undefined);
}
