/** Time for everything that Twilio times: ringing, pauses, sentences, queues. Network time-outs use real time. */
export interface Clock {
  /** Milliseconds since 1970 at Twilio: setting this machine's clock does not move it. */
  now(): number;
  /** Milliseconds since 1970 as this machine's clock shows them; access tokens are dated by it. */
  date(): number;
  /** Runs `fn` once after `ms` milliseconds. */
  after(ms: number, fn: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

const STARTED = Date.now() - performance.now();

/** Real time; its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Math.round(STARTED + performance.now()),
  date: Date.now,
  after(ms, fn) {
    const handle = setTimeout(fn, Math.min(ms, 2 ** 31 - 1)).unref();
    return { cancel: () => clearTimeout(handle) };
  },
};

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on by `ms`; runs each timer that falls due at its own time and awaits `settle` after each. */
  advance(ms: number): Promise<void>;
}

interface Pending {
  at: number;
  order: number;
  fn: () => void;
}

/**
 * @param settle awaited before and after each timer, so that what a timer started (a webhook, its answer) is finished
 *   before time moves on.
 */
export function manualClock(settle: () => Promise<void> = async () => {}, start = Date.now()): ManualClock {
  const pending = new Set<Pending>();
  let time = start;
  let order = 0;
  const nextDue = (limit: number): Pending | undefined =>
    [...pending].filter((p) => p.at <= limit).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  return {
    now: () => time,
    date: () => time,
    after(ms, fn) {
      const entry = { at: time + Math.max(0, ms), order: order++, fn };
      pending.add(entry);
      return { cancel: () => void pending.delete(entry) };
    },
    async advance(ms) {
      const end = time + ms;
      await settle();
      for (let due = nextDue(end); due; due = nextDue(end)) {
        pending.delete(due);
        time = Math.max(time, due.at);
        due.fn();
        await settle();
      }
      time = end;
      await settle();
    },
  };
}
