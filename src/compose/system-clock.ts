import type { Clock } from "../call/ports.ts";

/** Drift from the machine's clock that an idle server corrects, in ms. */
const MAX_DRIFT_MS = 1_000;

/** The machine's two clocks, in milliseconds. */
export interface MachineClocks {
  /** Since 1970; people and NTP set it. */
  wall: () => number;
  /** Since an arbitrary moment; never set. On some systems it stops while the machine sleeps. */
  monotonic: () => number;
}

export interface SystemClock extends Clock {
  /** `now` follows the machine's clock while `isIdle` returns true. */
  followWhile(isIdle: () => boolean): void;
}

const MACHINE: MachineClocks = { wall: Date.now, monotonic: () => performance.now() };

/**
 * `now` is the machine's clock at the last synchronization, plus the monotonic time since. Setting the machine's clock changes
 * no wait. An idle server corrects drift and sleep. A call that lasts through a sleep counts only the time awake.
 */
export function createSystemClock({ wall, monotonic }: MachineClocks = MACHINE): SystemClock {
  let base = wall() - monotonic();
  let isIdle = (): boolean => false;
  return {
    now() {
      const current = wall() - monotonic();
      if (Math.abs(current - base) >= MAX_DRIFT_MS && isIdle()) base = current;
      return Math.round(base + monotonic());
    },
    date: wall,
    after(ms, fn) {
      const timer = setTimeout(fn, ms).unref();
      return { cancel: () => clearTimeout(timer) };
    },
    followWhile(test) {
      isIdle = test;
    },
  };
}
