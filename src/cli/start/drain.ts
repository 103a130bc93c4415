import type { RunningServer } from "../../compose/server.ts";
import { type Pause, pauseFor } from "../pause.ts";

export interface DrainOptions {
  /** How long to wait for calls, in ms. */
  limitMs: number;
  /** Called with the number of live calls: first, and after each change. */
  onCount: (calls: number) => void;
  pause?: Pause;
}

/** Waits until no call is live, or until the limit. @returns how many calls are left */
export async function untilNoCalls(
  server: Pick<RunningServer, "calls" | "onChange">,
  { limitMs, onCount, pause = pauseFor }: DrainOptions,
): Promise<number> {
  const over = new AbortController();
  let reported: number | undefined;
  const look = async (): Promise<void> => {
    const { length } = await server.calls();
    if (length !== reported && !over.signal.aborted) onCount((reported = length));
    if (length === 0) over.abort();
  };
  const stop = server.onChange(() => void look().catch(() => undefined));
  await look();
  await pause(limitMs, over.signal);
  over.abort();
  stop();
  return (await server.calls()).length;
}
