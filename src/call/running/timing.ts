import type { Fact, Input } from "../inputs.ts";
import { customerOf, legOf } from "../legs.ts";
import type { Clock } from "../ports.ts";
import type { CallId, CallRecord, Time } from "../types.ts";

/** Runs the work of one key one piece after another, in the order of the calls. Different keys do not wait for each other. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

const NOTHING = Promise.resolve();

/** Forgets keys without waiting work. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    // The caller of the previous work gets that work's failure.
    const turn = (last.get(key) ?? NOTHING).then(work, work);
    last.set(key, turn);
    const forget = (): void => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}

/** Work in progress. */
export interface InFlight {
  /** Counts a piece of work until it settles; returns it. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when no work is in progress, including work that began meanwhile. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  const pending = new Set<Promise<unknown>>();
  return {
    track(work) {
      const forget = (): void => void pending.delete(settled);
      const settled: Promise<void> = work.then(forget, forget);
      pending.add(settled);
      return work;
    },
    async idle() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

/** Runs the same work for each added key, a few keys at a time. Adding a key that already waits changes nothing. */
export interface Queue<Key> {
  add(key: Key): void;
  /** Forgets waiting keys; work in progress goes on. */
  stop(): void;
}

/** @param work must not reject */
export function createQueue<Key>(atOnce: number, work: (key: Key) => Promise<void>): Queue<Key> {
  const waiting = new Set<Key>();
  const running = new Set<Key>();
  let isStopped = false;
  const run = async (key: Key): Promise<void> => {
    running.add(key);
    await work(key);
    running.delete(key);
    next();
  };
  const next = (): void => {
    for (const key of waiting) {
      if (isStopped || running.size >= atOnce) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      void run(key);
    }
  };
  return {
    add(key) {
      waiting.add(key);
      next();
    },
    stop() {
      isStopped = true;
      waiting.clear();
    },
  };
}

/** One timer for the deadlines of all calls. */
export interface Alarm {
  /** Sets, moves or (null) clears the deadline of a call. */
  set(call: CallId, deadline: Time | null): void;
  stop(): void;
}

/** @param onDue gets each call whose deadline has passed, after the alarm has cleared that deadline */
export function createAlarm(clock: Clock, onDue: (call: CallId) => void): Alarm {
  const deadlines = new Map<CallId, Time>();
  let timer: { at: Time; handle: { cancel(): void } } | undefined;
  let isStopped = false;
  // Clearing a deadline keeps the timer for the others; it may then ring for no call.
  const arm = (at: Time): void => {
    if (isStopped || (timer && timer.at <= at)) return;
    disarm();
    timer = { at, handle: clock.after(Math.max(0, at - clock.now()), ring) };
  };
  const disarm = (): void => {
    timer?.handle.cancel();
    timer = undefined;
  };
  const ring = (): void => {
    timer = undefined;
    const now = clock.now();
    const due = [...deadlines].filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b);
    for (const [call] of due) deadlines.delete(call);
    let next = Infinity;
    for (const at of deadlines.values()) next = Math.min(next, at);
    if (next !== Infinity) arm(next);
    for (const [call] of due) onDue(call);
  };
  return {
    set(call, deadline) {
      if (deadline === null) {
        deadlines.delete(call);
        // Without deadlines, the clock may jump.
        if (deadlines.size === 0) disarm();
      } else {
        deadlines.set(call, deadline);
        arm(deadline);
      }
    },
    stop() {
      isStopped = true;
      disarm();
    },
  };
}

/** Twilio dates events in whole seconds. */
const SECOND = 1_000;

/** Twilio's clock as seen from ours. */
export interface TwilioClock {
  /** How far our clock is ahead, in ms, whole seconds; 0 while all events so far are consistent with equal clocks. */
  ahead(): number;
  /** Learns from an event: Twilio dates it `stamp`, it came after `after`, and Twilio reported it by `now`, both by our clock. */
  learn(stamp: Time, after: Time, now: Time): void;
}

/**
 * Learns the difference of the clocks from cause and effect: an event comes after what caused it and before its callback.
 * A late callback does not count as a difference if earlier ones were not late.
 */
export function createTwilioClock(): TwilioClock {
  let [least, most] = [-Infinity, Infinity];
  return {
    // Rounded down, so that a reported event never lies in the future.
    ahead: () => (least <= 0 && most >= 0 ? 0 : Math.floor(most / SECOND) * SECOND),
    learn(stamp, after, now) {
      // The record comes from another process with another clock.
      if (after > now) return;
      const [low, high] = [after - stamp - SECOND, now - stamp];
      [least, most] = [Math.max(least, low), Math.min(most, high)];
      // One of the clocks was set, so earlier knowledge is void.
      if (least > most) [least, most] = [low, high];
    },
  };
}

/** The time that precedes every report about a leg, or about the call. */
function causeOf(record: CallRecord, fact: Fact): Time {
  const leg = "label" in fact ? legOf(record, fact.label) : customerOf(record);
  return Math.max(record.startedAt, leg?.dialledAt ?? record.startedAt);
}

const notBefore = <One extends Fact>(fact: One, startedAt: Time): One =>
  fact.at < startedAt ? { ...fact, at: startedAt } : fact;

/**
 * Converts all times of an input to our clock, none of them before the call's start. Events of the same second at Twilio get the
 * same time: only the rules can say which came first.
 */
export function dateInput(input: Input, record: CallRecord, clock: TwilioClock): Input {
  if (!("at" in input)) return input;
  const { startedAt } = record;
  if (input.kind === "twilio-surveyed") {
    const facts = input.found.facts.map((fact) => notBefore(fact, startedAt));
    return { ...input, found: { ...input.found, facts } };
  }
  const { stamp, ...fact } = input;
  if (stamp === undefined) return input;
  clock.learn(stamp, causeOf(record, input), input.at);
  return notBefore({ ...fact, at: stamp + clock.ahead() }, startedAt);
}
