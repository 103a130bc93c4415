import type { Policy } from "../decision.ts";
import { dialledLegs, isPresent, withValues } from "../legs.ts";
import type { Action, CallRecord, HungUp, Leg, Retries, Retry, Time, Told } from "../types.ts";
import { insistAt } from "./deadlines.ts";
import { SETTINGS, SETTING_NAMES, type Setting } from "./told.ts";
import { isTalkInDoubt } from "./window-gone.ts";

/** Also a customer of whose joining nobody told us: changing somebody who has left harms nobody. */
const mayBeInConference = (leg: Leg): boolean =>
  isPresent(leg) || (leg.role === "customer" && leg.state !== "left");

/** Holding and muting end with the call; that a leg takes no others along when it leaves matters as long as there is a conference. */
function differs(record: CallRecord, leg: Leg, setting: Setting): boolean {
  const matters = record.conferenceEnd === null && (record.endedAt === null || setting === "endsConference");
  return matters && leg.callSid !== null && mayBeInConference(leg) && leg.told[setting] !== leg[setting];
}

/** From when a change may be tried: null when it was given up, 0 when nothing is known against it. */
const mayTryFrom = (retry: Retry | undefined, value: boolean): Time | null =>
  retry?.value === value ? retry.from : 0;

const isDue = (from: Time | null, now: Time): boolean => from !== null && from <= now;

function isSetNow(record: CallRecord, leg: Leg, setting: Setting, now: Time): boolean {
  return differs(record, leg, setting) && isDue(mayTryFrom(leg.retries?.[setting], leg[setting]), now);
}

const setTo = ({ label, callSid }: Leg, setting: Setting, value: boolean): Action[] =>
  callSid === null ? [] : [{ kind: SETTINGS[setting], label, callSid, value }];

/** Twilio ignores the flag of a leg on hold: it is taken off hold first, and put back afterwards. */
function settingActions(record: CallRecord, now: Time): Action[] {
  const { legs } = record;
  const isSet = (leg: Leg, setting: Setting): boolean => isSetNow(record, leg, setting, now);
  const isFlaggedOnHold = (leg: Leg): boolean =>
    record.endedAt === null && leg.onHold && isSet(leg, "endsConference");
  const change = (leg: Leg, setting: Setting): Action[] =>
    isSet(leg, setting) ? setTo(leg, setting, leg[setting]) : [];
  return [
    ...legs.flatMap((leg) => {
      if (!isFlaggedOnHold(leg)) return change(leg, "onHold");
      return leg.told.onHold === false ? [] : setTo(leg, "onHold", false);
    }),
    ...legs.flatMap((leg) => change(leg, "endsConference")),
    ...legs.flatMap((leg) => (isFlaggedOnHold(leg) ? setTo(leg, "onHold", true) : [])),
    ...legs.flatMap((leg) => change(leg, "muted")),
  ];
}

const HUNG_UP: readonly HungUp[] = ["no", "unanswered", "joined", "insisted", "gone"];

/** Of those in a call that has ended. Who was hung up while it rang, or joined afterwards, may be in a new one of the same name. */
function leavesWithConference({ endedAt }: CallRecord, { told, joinedAt, leftAt }: Leg): boolean {
  if (endedAt === null || joinedAt === null || leftAt !== null) return false;
  return told.hungUp === "no" && joinedAt <= endedAt;
}

/** How a leg is to be hung up beyond what Twilio was told; null: not at all, or not yet. */
function hangUpBeyond(record: CallRecord, leg: Leg, now: Time): Exclude<HungUp, "no" | "gone"> | null {
  if (leg.callSid === null || !leg.unwanted) return null;
  const isInsisted = leg.givenUpAt !== undefined || isDue(insistAt(record, leg), now);
  const how = isInsisted ? "insisted" : leg.joinedAt === null ? "unanswered" : "joined";
  if (HUNG_UP.indexOf(leg.told.hungUp) >= HUNG_UP.indexOf(how)) return null;
  const goesByItself = leg.hangsUpItself === true || leavesWithConference(record, leg);
  return goesByItself && !isInsisted ? null : how;
}

function hangUpNow(record: CallRecord, leg: Leg, now: Time): HungUp | null {
  const how = hangUpBeyond(record, leg, now);
  return isDue(mayTryFrom(leg.retries?.hungUp, how === "insisted"), now) ? how : null;
}

/**
 * A target ends the conference by leaving, and the others must not leave with it while the call goes on. One who is, or by
 * now may be, in it loses that flag first. One who has not joined as far as we know, but may be joining at this moment, is
 * hung up only if still unanswered: if it joins all the same, we hear of that, and hang it up then.
 */
function hangUp(record: CallRecord, leg: Leg, now: Time): Action[] {
  const { label, callSid } = leg;
  const how = hangUpNow(record, leg, now);
  if (how === null || callSid === null) return [];
  const takesOthersAlong = leg.role === "target" && record.endedAt === null;
  const mayHaveJoined = how !== "unanswered";
  const isTakenOff = !leg.endsConference && isSetNow(record, leg, "endsConference", now);
  const flagOff = takesOthersAlong && mayHaveJoined && !isTakenOff;
  const onlyIfUnanswered = takesOthersAlong && !mayHaveJoined;
  return [
    ...(flagOff ? setTo(leg, "endsConference", false) : []),
    { kind: "hang-up", label, callSid, onlyIfUnanswered },
  ];
}

/** A dial that failed is over, and one whose answer was lost is looked for at Twilio: each leg is dialled once. */
function dial({ label, party, told }: Leg, { ringSeconds }: Policy): Action[] {
  return told.dialled || party.kind === "customer" ? [] : [{ kind: "dial", label, party, ringSeconds }];
}

const isToEnd = ({ endedAt, conferenceEnd, toldToEnd }: CallRecord): boolean =>
  endedAt !== null && conferenceEnd === null && !toldToEnd;

const isToEndNow = (record: CallRecord, now: Time): boolean =>
  isToEnd(record) && isDue(mayTryFrom(record.endRetry, true), now);

const isToAnnounce = (record: CallRecord): boolean => isTalkInDoubt(record) && record.toldOfDoubt !== true;

const isToAnnounceNow = (record: CallRecord, now: Time): boolean =>
  isToAnnounce(record) && isDue(mayTryFrom(record.doubtRetry, true), now);

/** What is to be done at Twilio now: what is wanted, less what Twilio was told. Needs a settled record. */
export function actionsOf(record: CallRecord, policy: Policy, now: Time): Action[] {
  const legs = dialledLegs(record);
  return [
    ...settingActions(record, now),
    ...legs.flatMap((leg) => hangUp(record, leg, now)),
    ...legs.flatMap((leg) => dial(leg, policy)),
    ...(isToAnnounceNow(record, now) ? [{ kind: "announce" } as const] : []),
    ...(isToEndNow(record, now) ? [{ kind: "end-conference" } as const] : []),
  ];
}

/** A new wish is a new start: the tries of one that was taken back do not count for it. */
function wantedRetries(leg: Leg, retries: Retries): Retries {
  const entries = Object.entries(retries) as [keyof Retries, Retry][];
  return Object.fromEntries(entries.filter(([name, { value }]) => name === "hungUp" || value === leg[name]));
}

/** What waits for its next try stays untold. Who is not in the conference learns the settings from the TwiML, or needs none. */
function toldLeg(record: CallRecord, leg: Leg, now: Time): Leg {
  const setting = (name: Setting): boolean | null =>
    differs(record, leg, name) && !isSetNow(record, leg, name, now) ? leg.told[name] : leg[name];
  const told = withValues<Told>(leg.told, {
    dialled: true,
    onHold: setting("onHold"),
    endsConference: setting("endsConference"),
    muted: setting("muted"),
    hungUp: hangUpNow(record, leg, now) ?? leg.told.hungUp,
  });
  return withValues(leg, { told, ...(leg.retries ? { retries: wantedRetries(leg, leg.retries) } : {}) });
}

/** The record once all of `actionsOf` has been told to Twilio. What it does not take comes back with `notTaken`. */
export function withTold(record: CallRecord, now: Time): CallRecord {
  const { toldOfDoubt: _, doubtRetry, ...rest } = record;
  const isTold = isTalkInDoubt(record) && (!isToAnnounce(record) || isToAnnounceNow(record, now));
  return {
    ...rest,
    ...(isTold ? { toldOfDoubt: true } : {}),
    ...(isTalkInDoubt(record) && doubtRetry ? { doubtRetry } : {}),
    legs: record.legs.map((leg) => toldLeg(record, leg, now)),
    toldToEnd: record.endedAt !== null && (!isToEnd(record) || isToEndNow(record, now)),
  };
}

/** When the next action is due that is wanted and was not taken, or a leg is to be hung up once more. Needs a record with `withTold`. */
export function nextActionAt(record: CallRecord, now: Time): Time | null {
  const times = record.legs.flatMap((leg) => {
    const how = hangUpBeyond(record, leg, now);
    const isInsisted = how === "insisted";
    const hangUpAt = how === null ? null : mayTryFrom(leg.retries?.hungUp, isInsisted);
    const settings = SETTING_NAMES.filter((setting) => differs(record, leg, setting)).map((setting) =>
      mayTryFrom(leg.retries?.[setting], leg[setting]),
    );
    return [hangUpAt, isInsisted ? null : insistAt(record, leg), ...settings];
  });
  if (isToEnd(record)) times.push(mayTryFrom(record.endRetry, true));
  if (isToAnnounce(record)) times.push(mayTryFrom(record.doubtRetry, true));
  const known = times.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}
