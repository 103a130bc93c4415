import type { Fact } from "../inputs.ts";
import { dialledLegs, isPresent } from "../legs.ts";
import type { CallStore, Clock, Telephony } from "../ports.ts";
import { isFinished } from "../rules/ending.ts";
import type { CallId, CallRecord, Time } from "../types.ts";
import { createAlarm, createQueue, type InFlight, type TwilioClock } from "./timing.ts";

/** The longest time between two surveys of a call, in ms, whatever Twilio reports: the one callback that matters may be lost. */
const EVERY = 15_000;
/** The same per live call, in ms: at most ten surveys a second in all. */
const EACH = 100;
/** Pauses before the repeats of a survey that had a reason, in ms: Twilio's lists lag. */
const LATER = [3_000, 6_000, 15_000];
/** Pause between two surveys of a call whose callbacks may be lost, in ms. */
const DISTRUSTED = 4_000;
/** Pause after news of such a call, in ms, because more news may follow soon. */
const AFTER_NEWS = 1_000;
/** Pauses between two tries, in ms; the last one repeats. */
const AGAIN = [2_000, 4_000, 8_000, 15_000, 30_000];
/** How long, in ms, Twilio may take from an answer to the join callback. */
const JOINS_WITHIN = 3_000;

/** When to survey a call next, and why. */
export interface Watch {
  /** Null before any news, and during a survey. */
  readonly due: Time | null;
  /** When a missing callback is overdue; null if none is missing. */
  readonly overdueAt: Time | null;
  /** When the last finished survey began, successful or not; 0 before the first one. */
  readonly surveyedAt: Time;
  readonly failures: number;
  /** The call's callbacks may be lost, because the public URL has changed. */
  readonly distrustsCallbacks: boolean;
  /** Pauses before the next extra surveys; with none left, the surveyor trusts callbacks again. */
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

/** When to survey the call; null: not now. */
function dueOf({ due, overdueAt }: Watch): Time | null {
  return overdueAt === null ? due : Math.min(due ?? overdueAt, overdueAt);
}

/** Surveys the call now, and a few times more. */
export const alerted = (watch: Watch): Watch => ({ ...watch, pauses: LATER });

const duringSurvey = (watch: Watch): Watch => ({ ...watch, due: null, overdueAt: null });

const everyFor = (calls: number): number => Math.max(EVERY, EACH * calls);

/** When a join callback is overdue for a party that has answered; null if none is missing. */
function joinOverdueAt(record: CallRecord): Time | null {
  if (record.endedAt !== null) return null;
  const answered = dialledLegs(record).flatMap((leg) =>
    leg.answeredAt === null || isPresent(leg) || leg.leftAt !== null ? [] : [leg.answeredAt + JOINS_WITHIN],
  );
  return answered.length === 0 ? null : Math.min(...answered);
}

/** News never delays a survey. @param calls how many calls are watched */
export function afterNews(watch: Watch, record: CallRecord, calls: number, now: Time): Watch {
  const most = now + (watch.distrustsCallbacks ? AFTER_NEWS : everyFor(calls));
  const overdueAt = joinOverdueAt(record);
  return {
    ...watch,
    due: Math.min(watch.due ?? most, most),
    overdueAt: overdueAt !== null && overdueAt > watch.surveyedAt ? overdueAt : null,
  };
}

/** @param calls how many calls are watched, and for how many of them callbacks may be lost */
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

/** Twilio has not answered for a whole minute: judging the call by what we know is better than not at all. */
const isGivenUp = ({ failures }: Watch): boolean => failures === AGAIN.length;

/** Surveys at the same time. After a restart there may be a thousand calls, and Twilio answers 429 to too many requests. */
const AT_ONCE = 5;

interface Needs {
  store: CallStore;
  telephony: Telephony;
  clock: Clock;
  twilioClock: TwilioClock;
  inFlight: InFlight;
  /** Feeds the survey to the call; resolves with whether that was saved. */
  feed: (call: CallId, fact: Fact) => Promise<boolean>;
  /** Gets a recovered call once its deadlines count again. */
  onUpToDate: (call: CallId) => void;
  /** Gets each watched call after a survey, successful or not. */
  onSurveyed: (call: CallId, isDone: boolean) => void;
  onError: (error: unknown, call: CallId) => void;
}

/**
 * Fetches what Twilio's lists show of a call, and feeds it to the call. Resolves with false if that failed.
 * @param onAnswer called when Twilio has answered, before `feed`
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

/** Decides when to survey each call. */
export interface Surveyor {
  /** Watches a call that has news, until it has no legs at Twilio. */
  noteNews(record: CallRecord): void;
  /** Surveys a call at once: the server was away, and the record may be long out of date. */
  recover(call: CallId): void;
  /** The call was not surveyed since the server was away: the time that has passed proves nothing. */
  isOutOfDate(call: CallId): boolean;
  /** Surveys a call as soon as there is room, and a few times more. */
  ask(call: CallId): void;
  /** Surveys a call as soon as there is room, once. */
  askOnce(call: CallId): void;
  /** When the last finished survey of a call began, successful or not; 0 if there was none. */
  surveyedAt(call: CallId): Time;
  /** The callbacks of all watched calls may be lost. */
  distrustCallbacks(): void;
  hasCalls(): boolean;
  stop(): void;
}

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
    change(duringSurvey);
    const isDone = await inFlight.track(survey(call, needs, noteAnswer));
    // The call has no legs left.
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
    noteNews(record) {
      if (!isFinished(record))
        return set(record.id, afterNews(watchOf(record.id), record, watches.size, clock.now()));
      watches.delete(record.id);
      outOfDate.delete(record.id);
      alarm.set(record.id, null);
    },
    recover(call) {
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
