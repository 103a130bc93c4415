/** A ticker's measurements since its creation. */
export interface TickStats {
  ticks: number;
  /** Ticks that came more than one interval late. */
  late: number;
  /** Ticks skipped after a long pause of the process. */
  skipped: number;
  /** Milliseconds by which the latest tick of all was late. */
  worstMs: number;
}

export interface Ticker {
  start(): void;
  stop(): void;
  stats(): TickStats;
}

/** After a longer pause than this, in ticks, the ticker continues from now, because old sound must not play in a rush. */
const MOST_TO_CATCH_UP = 5;

/** Calls `tick` every `everyMs` of real time; each is aimed at the schedule, not at the one before, so that it never drifts. */
export function createTicker(everyMs: number, tick: () => void): Ticker {
  const stats: TickStats = { ticks: 0, late: 0, skipped: 0, worstMs: 0 };
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  const measure = (now: number): void => {
    const lateMs = now - due;
    if (lateMs > everyMs) stats.late++;
    stats.worstMs = Math.max(stats.worstMs, lateMs);
  };
  const run = (): void => {
    const now = performance.now();
    measure(now);
    for (let caughtUp = 0; due <= now && caughtUp < MOST_TO_CATCH_UP; caughtUp++, due += everyMs) {
      stats.ticks++;
      tick();
    }
    const missed = Math.max(0, Math.ceil((now - due) / everyMs));
    stats.skipped += missed;
    due += missed * everyMs;
    if (timer) arm();
  };
  const arm = (): void => {
    timer = setTimeout(run, Math.max(0, due - performance.now())).unref();
  };
  return {
    start() {
      if (timer) return;
      due = performance.now() + everyMs;
      arm();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
    stats: () => ({ ...stats }),
  };
}
