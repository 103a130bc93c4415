import { dialledLegs, isPresent } from "../legs.ts";
import type { CallRecord, Time } from "../types.ts";

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
export function dueOf({ due, overdueAt }: Watch): Time | null {
  return overdueAt === null ? due : Math.min(due ?? overdueAt, overdueAt);
}

/** There is a reason to survey the call now, and a few times more. */
export const alerted = (watch: Watch): Watch => ({ ...watch, pauses: LATER });

/** A survey begins. */
export const underWay = (watch: Watch): Watch => ({ ...watch, due: null, overdueAt: null });

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
export const isGivenUp = ({ failures }: Watch): boolean => failures === AGAIN.length;
