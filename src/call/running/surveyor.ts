import { dialledLegs, isPresent } from "../legs.ts";
import type { CallStore, Clock, Telephony } from "../ports.ts";
import { isFinished } from "../rules/ending.ts";
import type { Fact } from "../inputs.ts";
import type { CallId, CallRecord, Time } from "../types.ts";
import { createAlarm } from "./alarm.ts";
import { type InFlight, createQueue } from "./turns.ts";
import type { TwilioClock } from "./twilio-clock.ts";

/** A call is surveyed at least this often, in ms, whatever is reported of it: what matters may be the report that got lost. */
const EVERY = 15_000;
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
/** How long, in ms, somebody who has answered may take until Twilio reports the joining. */
const JOINS_WITHIN = 3_000;

/** When a call is surveyed next, and why. */
export interface Watch {
  /** Null before there is any news, and while a survey is under way. */
  readonly due: Time | null;
  /** When a callback is overdue; null if none is missed. */
  readonly overdueAt: Time | null;
  /** When the last survey was begun that has ended, well or not; 0 before the first one. */
  readonly surveyedAt: Time;
  readonly failures: number;
  /** Its callbacks may be lost, because the public URL has changed. */
  readonly distrustsCallbacks: boolean;
  /** Until the next surveys, before callbacks are trusted again. */
  readonly pauses: readonly number[];
}

export const plainWatch: Watch = {
  due: null,
  overdueAt: null,
  surveyedAt: 0,
  failures: 0,
  distrustsCallbacks: false,
  pauses: [],
};

/** When the call is to be surveyed; null: not now. */
function dueOf({ due, overdueAt }: Watch): Time | null {
  return overdueAt === null ? due : Math.min(due ?? overdueAt, overdueAt);
}

/** There is a reason to survey the call now, and a few times more. */
export const alerted = (watch: Watch): Watch => ({ ...watch, pauses: LATER });

/** A survey begins. */
const underWay = (watch: Watch): Watch => ({ ...watch, due: null, overdueAt: null });

const everyFor = (calls: number): number => Math.max(EVERY, EACH * calls);

/** When Twilio should have reported that somebody joined who has answered; null if nobody is missed. */
function missedAt(record: CallRecord): Time | null {
  if (record.endedAt !== null) return null;
  const answered = dialledLegs(record).flatMap((leg) =>
    leg.answeredAt === null || isPresent(leg) || leg.leftAt !== null ? [] : [leg.answeredAt + JOINS_WITHIN],
  );
  return answered.length === 0 ? null : Math.min(...answered);
}

/** There is news of the call, which puts no survey off. @param calls how many are watched */
export function afterNews(watch: Watch, record: CallRecord, calls: number, now: Time): Watch {
  const most = now + (watch.distrustsCallbacks ? AFTER_NEWS : everyFor(calls));
  const missed = missedAt(record);
  return {
    ...watch,
    due: Math.min(watch.due ?? most, most),
    overdueAt: missed !== null && missed > watch.surveyedAt ? missed : null,
  };
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
    return { ...watch, failures, due: now + (AGAIN[failures - 1] ?? EVERY) };
  }
  const most = watch.distrustsCallbacks
    ? Math.max(DISTRUSTED, EACH * calls.distrusted)
    : everyFor(calls.watched);
  const [pause = most, ...pauses] = watch.pauses;
  return { ...watch, failures: 0, pauses, due: now + Math.min(pause, most) };
}

/** For a whole minute Twilio could not be asked: better to judge a call by what we know than not at all. */
const isGivenUp = ({ failures }: Watch): boolean => failures === AGAIN.length;

/** So many calls are surveyed at the same time: after a restart there may be a thousand, and Twilio answers 429. */
const AT_ONCE = 5;

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
  /** A survey of a call that is watched has ended, well or not. */
  onSurveyed: (call: CallId, isDone: boolean) => void;
  onError: (error: unknown, call: CallId) => void;
}

/**
 * Asks what Twilio's lists show of a call, and tells the call. Resolves with false if that was not possible now.
 * @param onAnswer called when Twilio has answered, before the call is told
 */
async function survey(
  call: CallId,
  { store, telephony, clock, ...needs }: Needs,
  onAnswer: () => void,
): Promise<boolean> {
  try {
    const record = await store.get(call);
    if (!record || isFinished(record)) return true;
    const at = clock.now();
    const conference = { name: record.id, sid: record.conferenceSid };
    const ahead = needs.twilioClock.ahead();
    const found = await telephony.survey({ conference, legs: record.legs, at, ahead });
    onAnswer();
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
  /** Surveys a call as soon as there is room, once. */
  askOnce(call: CallId): void;
  /** When the last survey of a call was begun that has ended, well or not; 0 if there was none. */
  surveyedAt(call: CallId): Time;
  /** The callbacks of all calls that are watched may be lost. */
  distrustCallbacks(): void;
  hasCalls(): boolean;
  stop(): void;
}

/** Begins with no call; surveys five at a time. */
export function createSurveyor(needs: Needs): Surveyor {
  const { clock, inFlight, onUpToDate, onSurveyed } = needs;
  const watches = new Map<CallId, Watch>();
  const outOfDate = new Set<CallId>();
  const alarm = createAlarm(clock, (call) => queue.add(call));
  const watchOf = (call: CallId): Watch => watches.get(call) ?? plainWatch;
  const set = (call: CallId, watch: Watch): void => {
    watches.set(call, watch);
    alarm.set(call, dueOf(watch));
  };
  const counts = () => {
    const distrusted = [...watches.values()].filter(({ distrustsCallbacks }) => distrustsCallbacks);
    return { watched: watches.size, distrusted: distrusted.length };
  };

  const queue = createQueue<CallId>(AT_ONCE, async (call) => {
    const surveyedAt = clock.now();
    const change = (changed: (watch: Watch) => Watch): void => {
      if (watches.has(call)) set(call, changed(watchOf(call)));
    };
    const noteAnswer = (): void => change((watch) => ({ ...watch, surveyedAt }));
    change(underWay);
    const isDone = await inFlight.track(survey(call, needs, noteAnswer));
    // Nothing is left of the call.
    if (!watches.has(call)) return;
    change((watch) => ({ ...afterSurvey(watch, isDone, counts(), clock.now()), surveyedAt }));
    if ((isDone || isGivenUp(watchOf(call))) && outOfDate.delete(call)) onUpToDate(call);
    onSurveyed(call, isDone);
  });
  const surveySoon = (call: CallId, watch: Watch): void => {
    set(call, watch);
    queue.add(call);
  };

  return {
    heard(record) {
      if (!isFinished(record))
        return set(record.id, afterNews(watchOf(record.id), record, watches.size, clock.now()));
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
    askOnce: (call) => surveySoon(call, watchOf(call)),
    surveyedAt: (call) => watchOf(call).surveyedAt,
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
