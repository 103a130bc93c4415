import type { Time } from "./types.ts";

/** After so long without any news, in ms, a call is looked at: its callbacks may be lost. */
const QUIET = 60_000;
/** And for each call that lives: not more than ten looks a second in all. */
const EACH = 100;
/** A call that is looked at for a reason is looked at again after these times, in ms: Twilio's lists lag behind. */
const LATER = [3_000, 6_000, 15_000];
/** Between two looks at a call whose callbacks are in doubt, in ms. */
const IN_DOUBT = 4_000;
/** After news of a call whose callbacks are in doubt: its consequences may come soon. */
const AFTER_NEWS = 1_000;
/** Between two tries, in ms, the last one again and again. */
const AGAIN = [2_000, 4_000, 8_000, 15_000, 30_000];

/** When a call is looked at, and why. */
export interface Watch {
  /** The next look; null while one is under way. */
  readonly due: Time | null;
  readonly failures: number;
  /** Its callbacks may not reach us. */
  readonly isInDoubt: boolean;
  /** Until the next looks, before quiet is trusted again. */
  readonly pauses: readonly number[];
}

export const plainWatch: Watch = { due: null, failures: 0, isInDoubt: false, pauses: [] };

/** There is a reason to look now, and a few times more. */
export const alerted = (watch: Watch): Watch => ({ ...watch, pauses: LATER });

const quietFor = (calls: number): number => Math.max(QUIET, EACH * calls);

/** There is news of the call. @param calls how many are watched */
export function afterNews(watch: Watch, calls: number, now: Time): Watch {
  const { due, failures, isInDoubt, pauses } = watch;
  if (isInDoubt) return due === null ? watch : { ...watch, due: Math.min(due, now + AFTER_NEWS) };
  return failures > 0 || pauses.length > 0 ? watch : { ...watch, due: now + quietFor(calls) };
}

/** The call was looked at. @param calls how many are watched, and how many of them are in doubt */
export function afterLook(
  watch: Watch,
  isDone: boolean,
  calls: { watched: number; inDoubt: number },
  now: Time,
): Watch {
  if (!isDone) {
    const failures = Math.min(watch.failures + 1, AGAIN.length);
    return { ...watch, failures, due: now + (AGAIN[failures - 1] ?? QUIET) };
  }
  const most = watch.isInDoubt ? Math.max(IN_DOUBT, EACH * calls.inDoubt) : quietFor(calls.watched);
  const [pause = most, ...pauses] = watch.pauses;
  return { ...watch, failures: 0, pauses, due: now + Math.min(pause, most) };
}

/** For a whole minute Twilio could not be asked: better to judge a call by what we know than not at all. */
export const isGivenUp = ({ failures }: Watch): boolean => failures === AGAIN.length;
