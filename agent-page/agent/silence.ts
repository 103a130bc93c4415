import type { EventsState } from "./model.ts";

/** When to report a missing first stream, or what blocks any stream, and when to probe for it, in ms since the wait began. */
const REPORT_MS = 5_000;
const PROBE_MS = 4_000;

/** The state after so many ms of silence, before and after the first view: a restart takes a few seconds. */
export const FIRST_SILENCE = [
  [REPORT_MS, "lost"],
  [60_000, "gone"],
] as const;
export const SILENCE = [
  [1_500, "lost"],
  // Repeated: by now the page may know what blocks the stream.
  [REPORT_MS, "lost"],
  [8_000, "away"],
  [60_000, "gone"],
] as const;

/** Why no stream opens although the server answers requests. */
export type Obstacle = Extract<EventsState, "blocked" | "crowded">;

/** 426: the request arrived without its Upgrade header, so something on the way blocks WebSockets. */
export const obstacleOf = (status: number): Obstacle | null =>
  status === 426 ? "blocked" : status === 429 ? "crowded" : null;

/**
 * Reports how long the server has been silent, and what blocks the stream.
 */
export function createSilenceMonitor(
  report: (state: EventsState) => void,
  findObstacle: () => Promise<Obstacle | null>,
) {
  let timers: number[] = [];
  let since = 0;
  let obstacle: Obstacle | null = null;
  // A server that starts or stops may answer a request and no stream: an obstacle must last.
  const lasting = (): Obstacle | null => (performance.now() - since >= REPORT_MS ? obstacle : null);
  const probe = async (): Promise<void> => {
    obstacle = await findObstacle();
    const found = lasting();
    if (found && timers.length > 0) report(found);
  };
  return {
    probe,
    begin(ladder: typeof SILENCE | typeof FIRST_SILENCE): void {
      if (timers.length > 0) return;
      since = performance.now();
      timers = ladder.map(([ms, state]) => window.setTimeout(() => report(lasting() ?? state), ms));
      timers.push(window.setTimeout(() => void probe(), PROBE_MS));
    },
    end(): void {
      timers.forEach(clearTimeout);
      timers = [];
      obstacle = null;
    },
  };
}
