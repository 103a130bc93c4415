import type { CallStore, Clock, Telephony } from "../ports.ts";
import { isFinished } from "../rules/ending.ts";
import type { CallId, CallRecord, Fact, Time } from "../types.ts";
import { createAlarm } from "./alarm.ts";
import { type InFlight, createQueue } from "./turns.ts";
import type { TwilioClock } from "./twilio-clock.ts";

/** After so long without any news, in ms, a call is surveyed: its callbacks may be lost. */
const QUIET = 60_000;
/** And for each call that lives: not more than ten surveys a second in all. */
const EACH = 100;
/** A call that is surveyed for a reason is surveyed again after these times, in ms: Twilio's lists lag behind. */
const LATER = [3_000, 6_000, 15_000];
/** Between two surveys of a call whose callbacks may be lost, in ms. */
const DISTRUSTED = 4_000;
/** After news of such a call, in ms: its consequences may come soon. */
const AFTER_NEWS = 1_000;
/** Between two tries, in ms, the last one again and again. */
const AGAIN = [2_000, 4_000, 8_000, 15_000, 30_000];
/** So many calls are surveyed at the same time: after a restart there may be a thousand, and Twilio answers 429. */
const AT_ONCE = 5;

/** When a call is surveyed next, and why. */
export interface Watch {
  /** Null while a survey is under way. */
  readonly due: Time | null;
  readonly failures: number;
  /** Its callbacks may be lost, because the public URL has changed. */
  readonly distrustsCallbacks: boolean;
  /** Until the next surveys, before quiet is trusted again. */
  readonly pauses: readonly number[];
}

export const plainWatch: Watch = { due: null, failures: 0, distrustsCallbacks: false, pauses: [] };

/** There is a reason to survey the call now, and a few times more. */
export const alerted = (watch: Watch): Watch => ({ ...watch, pauses: LATER });

const quietFor = (calls: number): number => Math.max(QUIET, EACH * calls);

/** There is news of the call. @param calls how many are watched */
export function afterNews(watch: Watch, calls: number, now: Time): Watch {
  const { due, failures, distrustsCallbacks, pauses } = watch;
  if (distrustsCallbacks) return due === null ? watch : { ...watch, due: Math.min(due, now + AFTER_NEWS) };
  return failures > 0 || pauses.length > 0 ? watch : { ...watch, due: now + quietFor(calls) };
}

/** A survey of the call has ended. @param calls how many are watched, and of how many the callbacks are distrusted */
export function afterSurvey(
  watch: Watch,
  isDone: boolean,
  calls: { watched: number; distrusted: number },
  now: Time,
): Watch {
  if (!isDone) {
    const failures = Math.min(watch.failures + 1, AGAIN.length);
    return { ...watch, failures, due: now + (AGAIN[failures - 1] ?? QUIET) };
  }
  const most = watch.distrustsCallbacks
    ? Math.max(DISTRUSTED, EACH * calls.distrusted)
    : quietFor(calls.watched);
  const [pause = most, ...pauses] = watch.pauses;
  return { ...watch, failures: 0, pauses, due: now + Math.min(pause, most) };
}

/** For a whole minute Twilio could not be asked: better to judge a call by what we know than not at all. */
const isGivenUp = ({ failures }: Watch): boolean => failures === AGAIN.length;

interface Needs {
  store: CallStore;
  telephony: Telephony;
  clock: Clock;
  twilioClock: TwilioClock;
  inFlight: InFlight;
  /** Tells a call what was found; resolves with whether that was saved. */
  feed: (call: CallId, fact: Fact) => Promise<boolean>;
  /** A call that was taken up may be judged by time again. */
  onUpToDate: (call: CallId) => void;
  onError: (error: unknown, call: CallId) => void;
}

/** Asks what Twilio's lists show of a call, and tells the call. Resolves with false if that was not possible now. */
async function survey(call: CallId, { store, telephony, clock, ...needs }: Needs): Promise<boolean> {
  try {
    const record = await store.get(call);
    if (!record || isFinished(record)) return true;
    const at = clock.now();
    const conference = { name: record.id, sid: record.conferenceSid };
    const ahead = needs.twilioClock.ahead();
    const found = await telephony.survey({ conference, legs: record.legs, at, ahead });
    return await needs.feed(call, { kind: "twilio-surveyed", at, found });
  } catch (error) {
    needs.onError(error, call);
    return false;
  }
}

/** Decides when to ask what Twilio's lists show of a call. */
export interface Surveyor {
  /** Watches a call of which there is news, until nothing is left of it at Twilio. */
  heard(record: CallRecord): void;
  /** The server has been away: what is known of the call may be long out of date. Surveys it at once. */
  takeUp(call: CallId): void;
  /** Not surveyed since the server was away: nothing may be concluded from the time that has passed. */
  isOutOfDate(call: CallId): boolean;
  /** Surveys a call as soon as there is room, and a few times more. */
  ask(call: CallId): void;
  /** The callbacks of all calls that are watched may be lost. */
  distrustCallbacks(): void;
  hasCalls(): boolean;
  stop(): void;
}

/** Begins with no call; surveys five at a time. */
export function createSurveyor(needs: Needs): Surveyor {
  const { clock, inFlight, onUpToDate } = needs;
  const watches = new Map<CallId, Watch>();
  const outOfDate = new Set<CallId>();
  const alarm = createAlarm(clock, (call) => queue.add(call));
  const watchOf = (call: CallId): Watch => watches.get(call) ?? plainWatch;
  const set = (call: CallId, watch: Watch): void => {
    watches.set(call, watch);
    alarm.set(call, watch.due);
  };
  const counts = () => {
    const distrusted = [...watches.values()].filter(({ distrustsCallbacks }) => distrustsCallbacks);
    return { watched: watches.size, distrusted: distrusted.length };
  };

  const queue = createQueue<CallId>(AT_ONCE, async (call) => {
    if (watches.has(call)) set(call, { ...watchOf(call), due: null });
    const isDone = await inFlight.track(survey(call, needs));
    // Nothing is left of the call.
    if (!watches.has(call)) return;
    const watch = afterSurvey(watchOf(call), isDone, counts(), clock.now());
    set(call, watch);
    if ((isDone || isGivenUp(watch)) && outOfDate.delete(call)) onUpToDate(call);
  });
  const surveySoon = (call: CallId, watch: Watch): void => {
    set(call, watch);
    queue.add(call);
  };

  return {
    heard(record) {
      if (!isFinished(record))
        return set(record.id, afterNews(watchOf(record.id), watches.size, clock.now()));
      watches.delete(record.id);
      outOfDate.delete(record.id);
      alarm.set(record.id, null);
    },
    takeUp(call) {
      outOfDate.add(call);
      surveySoon(call, alerted(watchOf(call)));
    },
    isOutOfDate: (call) => outOfDate.has(call),
    ask: (call) => surveySoon(call, alerted(watchOf(call))),
    distrustCallbacks() {
      for (const [call, watch] of watches) surveySoon(call, { ...watch, distrustsCallbacks: true });
    },
    hasCalls: () => watches.size > 0,
    stop() {
      alarm.stop();
      queue.stop();
    },
  };
}
