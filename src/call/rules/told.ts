import { replaceLeg } from "../legs.ts";
import type { Survey } from "../inputs.ts";
import type { Action, CallRecord, Leg, Retry, Time } from "../types.ts";

/** A participant's settings at Twilio, with the action that changes each. */
export const SETTINGS = {
  onHold: "set-hold",
  endsConference: "set-ends-conference",
  muted: "set-muted",
} as const;

export type Setting = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly Setting[];

/**
 * Pauses between two tries of an action, in ms; after the last one we give the action up. Two failures must not leave a customer in
 * silence for more than 2 s.
 */
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

function nextRetry(earlier: Retry | undefined, value: boolean, now: Time): Retry {
  const attempts = (earlier?.value === value ? earlier.attempts : 0) + 1;
  const pause = PAUSES[attempts - 1];
  return { value, attempts, from: pause === undefined ? null : now + pause };
}

function recordLegFailure(leg: Leg, action: Action, now: Time): Leg {
  const { told, retries } = leg;
  if (action.kind === "hang-up") {
    if (told.hungUp === "no" || told.hungUp === "gone") return leg;
    const hungUp = nextRetry(retries?.hungUp, told.hungUp === "insisted", now);
    return { ...leg, told: { ...told, hungUp: "no" }, retries: { ...retries, hungUp } };
  }
  const setting = SETTING_NAMES.find((name) => SETTINGS[name] === action.kind);
  // Twilio was told another value meanwhile.
  if (!setting || !("value" in action) || told[setting] !== action.value) return leg;
  const retry = nextRetry(retries?.[setting], action.value, now);
  return { ...leg, told: { ...told, [setting]: null }, retries: { ...retries, [setting]: retry } };
}

/** Takes back what a failed action told Twilio. The server tries it again later, if it is still wanted then. */
export function recordFailure(record: CallRecord, action: Action, now: Time): CallRecord {
  if ("label" in action) return replaceLeg(record, action.label, (leg) => recordLegFailure(leg, action, now));
  if (action.kind === "announce") {
    const { toldOfDoubt, ...rest } = record;
    return toldOfDoubt ? { ...rest, doubtRetry: nextRetry(record.doubtRetry, true, now) } : record;
  }
  if (!record.toldToEnd) return record;
  return { ...record, toldToEnd: false, endRetry: nextRetry(record.endRetry, true, now) };
}

/** Allows one more try of a change that we gave up: Twilio shows that it is still missing. */
const revive = (retry: Retry, now: Time): Retry => (retry.from === null ? { ...retry, from: now } : retry);

function shownLeg(leg: Leg, { participants, alive }: Survey, now: Time): Leg {
  const shown = participants.find(({ label }) => label === leg.label);
  // Twilio's lists lag behind its callbacks.
  const hasEnded = leg.end !== null && leg.told.hungUp === "gone";
  const isUp = alive.includes(leg.label) && !hasEnded;
  if (!shown && !isUp) return leg;
  const { onHold, endsConference, muted } = { ...leg.told, ...shown };
  const hungUp = isUp ? "no" : leg.told.hungUp;
  const retries = Object.entries(leg.retries ?? {}).map(([name, retry]) => [name, revive(retry, now)]);
  return {
    ...leg,
    told: { dialled: leg.told.dialled, onHold, endsConference, muted, hungUp },
    ...(retries.length === 0 ? {} : { retries: Object.fromEntries(retries) as typeof leg.retries }),
  };
}

/** Sets `told` to what Twilio shows, so that `actionsOf` finds actions that were decided and never carried out. */
export function applySurvey(record: CallRecord, found: Survey, now: Time): CallRecord {
  const { toldToEnd, endRetry } = record;
  return {
    ...record,
    legs: record.legs.map((leg) => shownLeg(leg, found, now)),
    toldToEnd: toldToEnd && !found.conferenceIsLive,
    ...(endRetry ? { endRetry: revive(endRetry, now) } : {}),
  };
}
