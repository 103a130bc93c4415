import type { Clock } from "../call/ports.ts";

/** How far, in ms, the machine's clock and ours drift apart before an idle server follows the machine's. */
const FOLLOW_FROM = 1_000;

/** The machine's two clocks, in milliseconds. */
export interface MachineClocks {
  /** Since 1970. People and NTP set it. */
  wall: () => number;
  /** Since any moment. Nobody sets it; on some systems it stands still while the machine sleeps. */
  monotonic: () => number;
}

/** A process's clock. */
export interface SystemClock extends Clock {
  /** `now` follows the machine's clock whenever nothing is being measured. */
  followWhile(isIdle: () => boolean): void;
}

const MACHINE: MachineClocks = { wall: Date.now, monotonic: () => performance.now() };

/**
 * `now` is the machine's clock when it was last followed, plus what has passed since by the monotonic clock: setting the
 * machine's clock makes no wait longer or shorter. Drift between the two and sleep of the machine show up as a difference;
 * an idle server follows it, and a call that lived through a sleep was as long as the machine was awake.
 */
export function createSystemClock({ wall, monotonic }: MachineClocks = MACHINE): SystemClock {
  let base = wall() - monotonic();
  let isIdle = (): boolean => false;
  return {
    now() {
      const current = wall() - monotonic();
      if (Math.abs(current - base) >= FOLLOW_FROM && isIdle()) base = current;
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
