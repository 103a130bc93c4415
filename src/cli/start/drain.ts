import type { RunningServer } from "../../compose/server.ts";
import { type Pause, pauseFor } from "../pause.ts";

export interface DrainOptions {
  /** How long calls are waited for, in ms. */
  limitMs: number;
  /** Told how many calls live: first, and each time that it is another number. */
  onCount: (calls: number) => void;
  pause?: Pause;
}

/** Waits until no call lives any more, or as long as it may. @returns how many calls are left */
export async function untilNoCalls(
  server: Pick<RunningServer, "calls" | "onChange">,
  { limitMs, onCount, pause = pauseFor }: DrainOptions,
): Promise<number> {
  const over = new AbortController();
  let told: number | undefined;
  const look = async (): Promise<void> => {
    const { length } = await server.calls();
    if (length !== told && !over.signal.aborted) onCount((told = length));
    if (length === 0) over.abort();
  };
  const stop = server.onChange(() => void look().catch(() => undefined));
  await look();
  await pause(limitMs, over.signal);
  over.abort();
  stop();
  return (await server.calls()).length;
}
