import type { Policy } from "../decision.ts";
import { dialledLegs, isPresent, withValues } from "../legs.ts";
import type { Action, CallRecord, HungUp, Leg, Retries, Retry, Time, Told } from "../types.ts";
import { SETTINGS, SETTING_NAMES, type Setting } from "./told.ts";
import { insistAt, isTalkInDoubt } from "./waiting.ts";

/** Treats the customer as present even if the join callback was lost: updating a participant who has left is harmless. */
const mayBeInConference = (leg: Leg): boolean =>
  isPresent(leg) || (leg.role === "customer" && leg.state !== "left");

/** Hold and mute end with the call. The flag `endsConference` matters as long as the conference lives. */
function differs(record: CallRecord, leg: Leg, setting: Setting): boolean {
  const matters = record.conferenceEnd === null && (record.endedAt === null || setting === "endsConference");
  return matters && leg.callSid !== null && mayBeInConference(leg) && leg.told[setting] !== leg[setting];
}

/** The earliest time to try a change: 0 if it has not failed, null after its last try. */
const mayTryFrom = (retry: Retry | undefined, value: boolean): Time | null =>
  retry?.value === value ? retry.from : 0;

const isDue = (from: Time | null, now: Time): boolean => from !== null && from <= now;

function isSetNow(record: CallRecord, leg: Leg, setting: Setting, now: Time): boolean {
  return differs(record, leg, setting) && isDue(mayTryFrom(leg.retries?.[setting], leg[setting]), now);
}

const setTo = ({ label, callSid }: Leg, setting: Setting, value: boolean): Action[] =>
  callSid === null ? [] : [{ kind: SETTINGS[setting], label, callSid, value }];

/** Twilio ignores the flag of a leg on hold, so we take such a leg off hold first and put it back afterwards. */
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

/** The leg leaves with the conference of an ended call. One that joined after the end may be in a new conference of that name. */
function leavesWithConference({ endedAt }: CallRecord, { told, joinedAt, leftAt }: Leg): boolean {
  if (endedAt === null || joinedAt === null || leftAt !== null) return false;
  return told.hungUp === "no" && joinedAt <= endedAt;
}

/** How to hang a leg up beyond what Twilio was told; null: not at all, or not yet. */
function pendingHangUp(record: CallRecord, leg: Leg, now: Time): Exclude<HungUp, "no" | "gone"> | null {
  if (leg.callSid === null || !leg.unwanted) return null;
  const isInsisted = leg.givenUpAt !== undefined || isDue(insistAt(record, leg), now);
  const how = isInsisted ? "insisted" : leg.joinedAt === null ? "unanswered" : "joined";
  if (HUNG_UP.indexOf(leg.told.hungUp) >= HUNG_UP.indexOf(how)) return null;
  const goesByItself = leg.hangsUpItself === true || leavesWithConference(record, leg);
  return goesByItself && !isInsisted ? null : how;
}

function hangUpNow(record: CallRecord, leg: Leg, now: Time): HungUp | null {
  const how = pendingHangUp(record, leg, now);
  return isDue(mayTryFrom(leg.retries?.hungUp, how === "insisted"), now) ? how : null;
}

/**
 * A target ends the conference by leaving, and must not take the others along while the call goes on. A target that may have joined
 * loses that flag first. We hang up one that has not joined, as far as we know, only if it is still unanswered: if it joins at this
 * moment, Twilio reports that, and we hang it up then.
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

/** Dials each leg once. A failed dial ends its leg, and a survey looks for a dial whose answer was lost. */
function dial({ label, party, told }: Leg, { ringSeconds }: Policy): Action[] {
  return told.dialled || party.kind === "customer" ? [] : [{ kind: "dial", label, party, ringSeconds }];
}

const mustEnd = ({ endedAt, conferenceEnd, toldToEnd }: CallRecord): boolean =>
  endedAt !== null && conferenceEnd === null && !toldToEnd;

const mustEndNow = (record: CallRecord, now: Time): boolean =>
  mustEnd(record) && isDue(mayTryFrom(record.endRetry, true), now);

const mustAnnounce = (record: CallRecord): boolean => isTalkInDoubt(record) && record.toldOfDoubt !== true;

const mustAnnounceNow = (record: CallRecord, now: Time): boolean =>
  mustAnnounce(record) && isDue(mayTryFrom(record.doubtRetry, true), now);

/** The requests to make to Twilio now: what is wanted, minus what Twilio was told. Needs a settled record. */
export function actionsOf(record: CallRecord, policy: Policy, now: Time): Action[] {
  const legs = dialledLegs(record);
  return [
    ...settingActions(record, now),
    ...legs.flatMap((leg) => hangUp(record, leg, now)),
    ...legs.flatMap((leg) => dial(leg, policy)),
    ...(mustAnnounceNow(record, now) ? [{ kind: "announce" } as const] : []),
    ...(mustEndNow(record, now) ? [{ kind: "end-conference" } as const] : []),
  ];
}

/** Drops the tries of a setting that is no longer wanted: a new value starts with a new count. */
function retriesStillWanted(leg: Leg, retries: Retries): Retries {
  const entries = Object.entries(retries) as [keyof Retries, Retry][];
  return Object.fromEntries(entries.filter(([name, { value }]) => name === "hungUp" || value === leg[name]));
}

/** A setting that waits for its next try stays untold. A leg outside the conference gets its settings by TwiML, or needs none. */
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
  return withValues(leg, { told, ...(leg.retries ? { retries: retriesStillWanted(leg, leg.retries) } : {}) });
}

/** The record after Twilio was told all of `actionsOf`. `recordFailure` takes back what fails. */
export function withTold(record: CallRecord, now: Time): CallRecord {
  const { toldOfDoubt: _, doubtRetry, ...rest } = record;
  const isTold = isTalkInDoubt(record) && (!mustAnnounce(record) || mustAnnounceNow(record, now));
  return {
    ...rest,
    ...(isTold ? { toldOfDoubt: true } : {}),
    ...(isTalkInDoubt(record) && doubtRetry ? { doubtRetry } : {}),
    legs: record.legs.map((leg) => toldLeg(record, leg, now)),
    toldToEnd: record.endedAt !== null && (!mustEnd(record) || mustEndNow(record, now)),
  };
}

/** When to retry a failed action, or to hang a leg up once more; null: never. Needs a record from `withTold`. */
export function nextActionAt(record: CallRecord, now: Time): Time | null {
  const times = record.legs.flatMap((leg) => {
    const how = pendingHangUp(record, leg, now);
    const isInsisted = how === "insisted";
    const hangUpAt = how === null ? null : mayTryFrom(leg.retries?.hungUp, isInsisted);
    const settings = SETTING_NAMES.filter((setting) => differs(record, leg, setting)).map((setting) =>
      mayTryFrom(leg.retries?.[setting], leg[setting]),
    );
    return [hangUpAt, isInsisted ? null : insistAt(record, leg), ...settings];
  });
  if (mustEnd(record)) times.push(mayTryFrom(record.endRetry, true));
  if (mustAnnounce(record)) times.push(mayTryFrom(record.doubtRetry, true));
  const known = times.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}
