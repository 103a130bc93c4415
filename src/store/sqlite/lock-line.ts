/** Ms between two attempts while another program locks the file. */
const RETRY = 20;
/** Attempts in one turn of the event loop, once the lock is gone. */
const AT_ONCE = 50;

/** True once the work has been settled, false while the lock is still there. */
type Attempt = () => boolean;

interface Waiting {
  attempt: Attempt;
  giveUp: () => void;
  /** On the monotonic clock, in ms. */
  until: number;
}

/** Work that a lock has stopped, in the order in which it came. */
export interface LockLine {
  readonly isEmpty: boolean;
  /** Tries the work again, after all that waits already, until it is settled or `giveUp` is called. */
  join(attempt: Attempt, giveUp: () => void): void;
}

/**
 * Waits for a lock without stopping the event loop: one attempt every 20 ms, however much waits.
 * @param patience ms after which work is given up
 */
export function createLockLine(patience: number): LockLine {
  const waiting: Waiting[] = [];
  const advance = (): void => {
    let settled = 0;
    while (settled < AT_ONCE && waiting[0]?.attempt()) {
      waiting.shift();
      settled += 1;
    }
    if (settled === AT_ONCE) return void setImmediate(advance);
    const now = performance.now();
    for (let first = waiting[0]; first && first.until <= now; first = waiting[0]) {
      waiting.shift();
      first.giveUp();
    }
    if (waiting.length > 0) setTimeout(advance, RETRY);
  };
  return {
    get isEmpty() {
      return waiting.length === 0;
    },
    join(attempt, giveUp) {
      waiting.push({ attempt, giveUp, until: performance.now() + patience });
      if (waiting.length === 1) setTimeout(advance, RETRY);
    },
  };
}
