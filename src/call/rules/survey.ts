import { hungUpBeforeJoining, legOf } from "../legs.ts";
import type { Fact, Survey } from "../inputs.ts";
import type { CallRecord } from "../types.ts";

type Surveyed = Extract<Fact, { kind: "twilio-surveyed" }>;

/** Merges parts of a survey into one. */
export function mergeSurveys(parts: readonly Partial<Survey>[]): Survey {
  return {
    facts: parts.flatMap(({ facts = [] }) => facts),
    participants: parts.flatMap(({ participants = [] }) => participants),
    alive: parts.flatMap(({ alive = [] }) => alive),
    unknown: parts.flatMap(({ unknown = [] }) => unknown),
    conferenceIsLive: parts.some(({ conferenceIsLive = false }) => conferenceIsLive),
    conferenceHasStarted: parts.some(({ conferenceHasStarted = false }) => conferenceHasStarted),
  };
}

/**
 * How long, in ms, a new call may be missing from Twilio's lists, which are "eventually consistent"
 * (www.twilio.com/docs/voice/api/call-resource).
 */
const LISTED_WITHIN = 5_000;

/**
 * If we learn this late, in ms, that an agent left, it does not count as ending the call on purpose: the customer has been alone
 * since then, and is still there.
 */
const OLD_NEWS = 10_000;

/** If Twilio finds no call for a leg without a Call SID, the server stopped before the dial. Any other such leg has ended. */
function goneFacts(record: CallRecord, { at, found }: Surveyed): Fact[] {
  return found.unknown.flatMap((label): Fact[] => {
    const leg = legOf(record, label);
    if (!leg || leg.dialledAt + LISTED_WITHIN > at) return [];
    const { callSid } = leg;
    if (callSid === null) return [{ kind: "dial-failed", at, label, reason: "error" }];
    const end = leg.role === "customer" ? ({ answered: true } as const) : GONE;
    return [{ kind: "leg-ended", at, label, callSid, end }];
  });
}

/**
 * A conference starts when an agent or an outside party joins. Twilio may list a waiting conference as started, so its list counts
 * only if a party has answered and left.
 */
export function withStart(record: CallRecord, found: Survey): CallRecord {
  const hasStarted = found.conferenceHasStarted && record.legs.some(hungUpBeforeJoining);
  return hasStarted ? { ...record, conferenceHasStarted: true } : record;
}

const GONE = { answered: false, reason: "error" } as const;

/** The facts in a survey. They mean the same as facts from callbacks. */
export function factsOf(record: CallRecord, fact: Surveyed): Fact[] {
  const facts = fact.found.facts.map((one): Fact =>
    one.kind === "leg-ended" && fact.at - one.at > OLD_NEWS ? { ...one, isOldNews: true } : one,
  );
  return [...facts, ...goneFacts(record, fact)];
}
