import { hungUpBeforeJoining, legOf } from "../legs.ts";
import type { Fact, Survey } from "../inputs.ts";
import type { CallRecord } from "../types.ts";

type Surveyed = Extract<Fact, { kind: "twilio-surveyed" }>;

/** One survey of several looks. */
export function mergeSurveys(looks: readonly Partial<Survey>[]): Survey {
  return {
    facts: looks.flatMap(({ facts = [] }) => facts),
    participants: looks.flatMap(({ participants = [] }) => participants),
    alive: looks.flatMap(({ alive = [] }) => alive),
    unknown: looks.flatMap(({ unknown = [] }) => unknown),
    conferenceIsLive: looks.some(({ conferenceIsLive = false }) => conferenceIsLive),
    conferenceHasStarted: looks.some(({ conferenceHasStarted = false }) => conferenceHasStarted),
  };
}

/**
 * How long, in ms, a new call may be missing in Twilio's lists: what they show is "eventually consistent"
 * (www.twilio.com/docs/voice/api/call-resource).
 */
const LISTED_WITHIN = 5_000;

/**
 * Of whose leaving we learn so late, in ms, we do not say that it ended the call on purpose: the customer has been alone
 * since then, and is still there.
 */
const OLD_NEWS = 10_000;

/** A leg without a call was never dialled: we were stopped before. One whose call is gone has ended, whenever. */
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
 * A conference starts when somebody joins who came for the customer. One that waits may be listed as started, so this counts only
 * when somebody had answered and is gone.
 */
export function withStart(record: CallRecord, found: Survey): CallRecord {
  const hasStarted = found.conferenceHasStarted && record.legs.some(hungUpBeforeJoining);
  return hasStarted ? { ...record, conferenceHasStarted: true } : record;
}

const GONE = { answered: false, reason: "error" } as const;

/** What a survey says, as facts of the other kinds: whatever tells them, they mean the same. */
export function factsOf(record: CallRecord, fact: Surveyed): Fact[] {
  const facts = fact.found.facts.map((one): Fact =>
    one.kind === "leg-ended" && fact.at - one.at > OLD_NEWS ? { ...one, isOldNews: true } : one,
  );
  return [...facts, ...goneFacts(record, fact)];
}
