import type { Policy } from "../decision.ts";
import type { Fact } from "../inputs.ts";
import { connectedAt, dialledLegs, isPresent, legOf, replaceLeg, stateOf } from "../legs.ts";
import type { CallRecord, ConferenceSid, FailureReason, LeaveReason, Leg, LegEnd, Time } from "../types.ts";
import { CUSTOMER } from "../types.ts";
import { isInterrupted, reachedTimeLimit } from "./ending.ts";
import { factsOf, withStart } from "./survey.ts";
import { applySurvey, recordFailure } from "./told.ts";
import { dismissOthers, legDeadline } from "./waiting.ts";

/** A fact about one leg. */
export type LegFact = Extract<Fact, { label: unknown }>;

/** The more specific reason wins, whichever callback came first. `cancelled` only echoes our own hang-up. */
const REASONS: readonly (FailureReason | "cancelled")[] = [
  "declined",
  "busy",
  "unreachable",
  "no-answer",
  "machine",
  "error",
  "cancelled",
];
const REFUSALS: readonly NonNullable<Leg["refused"]>[] = ["declined", "machine"];
const LEAVE_REASONS: readonly LeaveReason[] = ["conference-ended", "removed", "hung-up"];

/** The earliest time counts, so that repeated and late facts agree. */
function earliest(known: Time | null, reported: Time): Time {
  return known === null ? reported : Math.min(known, reported);
}

function stronger<T>(ranking: readonly T[], known: T | null, reported: T): T {
  return known !== null && ranking.indexOf(known) < ranking.indexOf(reported) ? known : reported;
}

function mergeEnd(known: LegEnd | null, reported: LegEnd): LegEnd {
  if (known === null || known.answered || reported.answered) return known?.answered ? known : reported;
  return { answered: false, reason: stronger(REASONS, known.reason, reported.reason) };
}

/** Twilio reports that the leg has left, so there is nothing to hang up. */
function withLeaving(leg: Leg, at: Time): Leg {
  return { ...leg, leftAt: earliest(leg.leftAt, at), told: { ...leg.told, hungUp: "gone" } };
}

function mergeTimes(leg: Leg, fact: LegFact): Leg {
  switch (fact.kind) {
    case "leg-dialled":
      return leg;
    case "leg-ringing":
      return { ...leg, ringingAt: earliest(leg.ringingAt, fact.at) };
    case "leg-answered":
      return { ...leg, answeredAt: earliest(leg.answeredAt, fact.at) };
    case "participant-joined":
      return { ...leg, joinedAt: earliest(leg.joinedAt, fact.at) };
    case "participant-left": {
      const leftBecause = fact.because
        ? stronger(LEAVE_REASONS, leg.leftBecause, fact.because)
        : leg.leftBecause;
      return { ...withLeaving(leg, fact.at), leftBecause, leaveWasTold: true };
    }
    case "leg-ended": {
      const end = mergeEnd(leg.end, fact.end);
      return { ...withLeaving(leg, fact.at), end, ...(fact.isOldNews ? {} : { leaveWasTold: true }) };
    }
    case "leg-refused":
      return { ...leg, refused: stronger(REFUSALS, leg.refused ?? null, fact.reason) };
    case "line-lost":
      return isPresent(leg) ? { ...leg, lostAt: earliest(leg.lostAt ?? null, fact.at) } : leg;
    case "window-gone":
      return isPresent(leg) ? { ...leg, windowGoneAt: Math.max(leg.windowGoneAt ?? 0, fact.at) } : leg;
    case "window-back":
      return { ...leg, windowBackAt: Math.max(leg.windowBackAt ?? 0, fact.at) };
    case "dial-failed": {
      const end = mergeEnd(leg.end, { answered: false, reason: fact.reason });
      return {
        ...leg,
        leftAt: earliest(leg.leftAt, fact.at),
        end,
        dismissedAt: earliest(leg.dismissedAt ?? null, fact.at),
      };
    }
  }
}

/** Does the fact concern another connection under our label? Then neither it nor its conference is ours. */
function isForeign(leg: Leg, fact: LegFact): boolean {
  return "callSid" in fact && leg.callSid !== null && fact.callSid !== leg.callSid;
}

/**
 * Merges a fact into a leg. The earliest time and the highest-ranked end win, so the same facts in any order, with any repeats,
 * give the same leg.
 */
export function mergeLeg(leg: Leg, fact: LegFact): Leg {
  const reported = "callSid" in fact ? fact.callSid : null;
  const merged = mergeTimes(leg, fact);
  return { ...merged, callSid: leg.callSid ?? reported, state: stateOf(merged) };
}

/** Twilio reported nothing more about this leg: treat it as gone, and hang it up once more. */
function giveUpLeg(leg: Leg, at: Time): Leg {
  const end: LegEnd =
    connectedAt(leg) === null ? { answered: false, reason: "no-answer" } : { answered: true };
  const merged = {
    ...leg,
    leftAt: earliest(leg.leftAt, at),
    end,
    dismissedAt: leg.dismissedAt ?? at,
    givenUpAt: at,
    told: { ...leg.told, hungUp: "no" as const },
  };
  return { ...merged, state: stateOf(merged) };
}

type Of<Kind extends Fact["kind"]> = Extract<Fact, { kind: Kind }>;

/** Gives up the legs about which Twilio has reported nothing for too long. */
function applyDeadlines(record: CallRecord, policy: Policy, now: Time): CallRecord {
  const silent = dialledLegs(record).filter((leg) => (legDeadline(record, leg, policy) ?? Infinity) <= now);
  return silent.reduce((sofar, { label }) => replaceLeg(sofar, label, (leg) => giveUpLeg(leg, now)), record);
}

function afterReturn(leg: Leg, at: Time): Leg {
  if (leg.role !== "customer") return isPresent(leg) ? { ...leg, leftAt: at, state: "left" } : leg;
  const {
    releasedAt: _,
    retries: __,
    ...outside
  } = {
    ...leg,
    joinedAt: null,
    leftAt: null,
    leftBecause: null,
    // Nothing that Twilio was told about the old conference holds in the new one.
    told: { ...leg.told, onHold: false, muted: false, hungUp: "no" as const },
  };
  return { ...outside, state: stateOf(outside) };
}

/**
 * The customer has left the conference and is still on the line. If the conference ended by accident, they come back into a new
 * one. Twilio's callbacks may still report on the old one.
 */
function releaseCustomer(
  record: CallRecord,
  { at, stay }: Of<"customer-released">,
  policy: Policy,
): CallRecord {
  const returns = record.returns ?? [];
  // Twilio has repeated this request.
  if (stay < returns.length) return record;
  const released = replaceLeg(record, CUSTOMER, (leg) => ({
    ...leg,
    releasedAt: Math.min(leg.releasedAt ?? at, at),
  }));
  if (reachedTimeLimit(record, at) || !isInterrupted(released, policy)) return released;
  return {
    ...released,
    legs: released.legs.map((leg) => afterReturn(leg, at)),
    returns: [...returns, { at, from: record.conferenceSid }],
    conferenceSid: null,
    conferenceHasStarted: false,
    conferenceEnd: null,
  };
}

/** Has the customer left this conference behind? For one whose SID we never learned, only its end can still be reported. */
function isLeftBehind(
  { returns = [], conferenceSid }: CallRecord,
  conference: ConferenceSid,
  isEnding: boolean,
): boolean {
  if (returns.some(({ from }) => from === conference)) return true;
  return isEnding && conferenceSid === null && returns.length > 0;
}

/** Late news about a conference that the customer has left behind. */
function concernsPastConference(record: CallRecord, fact: Fact): boolean {
  return "conference" in fact && isLeftBehind(record, fact.conference, fact.kind === "participant-left");
}

/** The call's conference is the one that the customer is in; any other is a stray one under the same name. */
function learnConference(record: CallRecord, fact: Fact): CallRecord {
  if (fact.kind !== "participant-joined" && fact.kind !== "participant-left") return record;
  if (concernsPastConference(record, fact)) return record;
  const conferenceSid = fact.label === CUSTOMER ? fact.conference : (record.conferenceSid ?? fact.conference);
  return { ...record, conferenceSid };
}

function conferenceEnded(record: CallRecord, fact: Of<"conference-ended">): CallRecord {
  if (isLeftBehind(record, fact.conference, true)) return record;
  if (record.conferenceSid !== null && record.conferenceSid !== fact.conference) return record;
  const known = record.conferenceEnd;
  const conferenceEnd = { at: Math.min(known?.at ?? fact.at, fact.at), by: known?.by ?? fact.endedBy };
  return { ...record, conferenceSid: fact.conference, conferenceEnd };
}

/** Twilio reports a recording twice: with the verb's action, and with the recording's own callback. */
function messageLeft(record: CallRecord, { recording, url, seconds, at }: Of<"message-left">): CallRecord {
  if (record.endRequested?.takesMessage !== true) return record;
  const known = record.message;
  return known && known.at <= at ? record : { ...record, message: { recording, url, seconds, at } };
}

/** Adds a fact to the record, and draws no conclusions from it. */
export function applyFact(record: CallRecord, fact: Fact, policy: Policy, now: Time): CallRecord {
  switch (fact.kind) {
    case "customer-called":
    case "agents-changed":
      return record;
    case "message-left":
      return messageLeft(record, fact);
    case "customer-released":
      return releaseCustomer(record, fact, policy);
    case "conference-ended":
      return conferenceEnded(record, fact);
    case "action-failed":
      return recordFailure(record, fact.action, now);
    case "deadline-passed":
      return applyDeadlines(record, policy, now);
    case "twilio-surveyed": {
      const facts = factsOf(record, fact);
      const shown = applySurvey(record, fact.found, now);
      const merged = facts.reduce((sofar, one) => applyFact(sofar, one, policy, now), shown);
      return withStart(merged, fact.found);
    }
    default: {
      const leg = legOf(record, fact.label);
      if (!leg) return record;
      // The dial's answer was lost, but callbacks show that Twilio accepted the dial: the party may be talking by now.
      if (fact.kind === "dial-failed" && leg.callSid !== null) return record;
      if (isForeign(leg, fact)) return record;
      if (fact.label === CUSTOMER && concernsPastConference(record, fact)) return record;
      if (fact.kind === "window-gone" && policy.whenWindowGone === "nothing") return record;
      const merged = replaceLeg(record, fact.label, (leg) => mergeLeg(leg, fact));
      if (fact.kind === "window-back") return dismissOthers(merged, fact);
      return learnConference(merged, fact);
    }
  }
}
