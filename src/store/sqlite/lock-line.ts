/** Between two attempts while another program locks the file, in ms. */
const RETRY = 20;
/** Attempts per turn of the event loop after the lock is gone. */
const AT_ONCE = 50;

/** True once the work is settled, false while the file is still locked. */
type Attempt = () => boolean;

/** Times the attempts; by default the monotonic clock. */
export interface LockClock {
  /** In ms. */
  now(): number;
  after(ms: number, fn: () => void): unknown;
}

const REAL: LockClock = { now: () => performance.now(), after: (ms, fn) => setTimeout(fn, ms) };

interface Waiting {
  attempt: Attempt;
  giveUp: () => void;
  /** In ms. */
  until: number;
}

/** Work that waits for a lock, first in, first out. */
export interface LockLine {
  readonly isEmpty: boolean;
  /** Retries the work, after all earlier work, until it is settled or `giveUp` is called. */
  join(attempt: Attempt, giveUp: () => void): void;
}

/**
 * Waits for a lock without blocking the event loop: one attempt every 20 ms.
 * @param patience in ms; work that waits longer is given up
 */
export function createLockLine(patience: number, clock = REAL): LockLine {
  const waiting: Waiting[] = [];
  const advance = (): void => {
    let settled = 0;
    while (settled < AT_ONCE && waiting[0]?.attempt()) {
      waiting.shift();
      settled += 1;
    }
    if (settled === AT_ONCE) return void setImmediate(advance);
    const now = clock.now();
    for (let first = waiting[0]; first && first.until <= now; first = waiting[0]) {
      waiting.shift();
      first.giveUp();
    }
    if (waiting.length > 0) clock.after(RETRY, advance);
  };
  return {
    get isEmpty() {
      return waiting.length === 0;
    },
    join(attempt, giveUp) {
      waiting.push({ attempt, giveUp, until: clock.now() + patience });
      if (waiting.length === 1) clock.after(RETRY, advance);
    },
  };
}
