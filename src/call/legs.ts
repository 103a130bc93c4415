import { RECORD_VERSION } from "./record-versions.ts";
import type { Fact } from "./inputs.ts";
import type {
  AgentId,
  CallId,
  CallRecord,
  CallSid,
  Dialled,
  FailureReason,
  Label,
  Leg,
  LegState,
  Time,
} from "./types.ts";
import type { Policy } from "./decision.ts";
import { CUSTOMER } from "./types.ts";

type Start = Pick<Leg, "label" | "party" | "role" | "callSid" | "dialledAt" | "ringingAt" | "endsConference">;

/** One literal for every leg, and no spread: objects of one shape are several times cheaper to make and to copy. */
function newLeg({ label, party, role, callSid, dialledAt, ringingAt, endsConference }: Start): Leg {
  return {
    label,
    party,
    role,
    callSid,
    state: ringingAt === null ? "dialling" : "ringing",
    dialledAt,
    ringingAt,
    answeredAt: null,
    joinedAt: null,
    leftAt: null,
    leftBecause: null,
    end: null,
    endsConference,
    onHold: false,
    holdWanted: false,
    muted: false,
    unwanted: false,
    told: { dialled: role === "customer", onHold: false, endsConference, muted: false, hungUp: "no" },
  };
}

/** The customer's leg: it rings in, and its Call SID names the call. */
function customerLeg(call: CallId, number: string, at: Time): Leg {
  return newLeg({
    label: CUSTOMER,
    party: { kind: "customer", number },
    role: "customer",
    callSid: call as string as CallSid,
    dialledAt: at,
    ringingAt: at,
    endsConference: true,
  });
}

/** A leg that we are about to dial. Its label contains no phone number, because Twilio's logs show labels. */
export function dialledLeg(record: CallRecord, party: Dialled, role: "first" | "target", at: Time): Leg {
  const name = party.kind === "agent" ? party.agent : party.kind;
  const earlier = record.legs.filter(({ label }) => label.replace(/-\d+$/, "") === name).length;
  return newLeg({
    label: `${name}-${earlier + 1}` as Label,
    party,
    role,
    callSid: null,
    dialledAt: at,
    ringingAt: null,
    endsConference: false,
  });
}

/** The agent at the other end of a leg; null for the customer's leg and for an outside one. */
export function agentOf(leg: Leg): AgentId | null {
  return leg.party.kind === "agent" ? leg.party.agent : null;
}

/** A leg to a person who is not an agent. That person answers a phone, hears a briefing, and leaves on purpose. */
export function isOutside(leg: Leg): boolean {
  return leg.party.kind === "outside";
}

/** The furthest state that the leg's times show. */
export function stateOf(leg: Omit<Leg, "state">): LegState {
  if (leg.leftAt !== null) return "left";
  if (leg.joinedAt !== null) return "joined";
  return leg.ringingAt !== null || leg.answeredAt !== null ? "ringing" : "dialling";
}

/** The agent answered and hung up on the way into the conference: Twilio reported neither a join nor why the leg left. */
export function hungUpBeforeJoining(leg: Leg): boolean {
  return leg.end?.answered === true && leg.joinedAt === null && leg.leftBecause === null;
}

/** Why a leg ended without bringing its party in. A party who answers and hangs up before joining does not count as reached. */
export function whyNotReached(leg: Leg): FailureReason | "cancelled" {
  if (leg.end?.answered === false) return leg.end.reason;
  return leg.refused ?? (isOutside(leg) ? "declined" : "no-answer");
}

/**
 * When the party at this leg reached the customer; null if they did not. A callback may be lost (Twilio sends them best effort:
 * www.twilio.com/docs/voice/api/call-resource), so a leg that is only known to have left counts from its dial.
 */
export function connectedAt(leg: Leg): Time | null {
  if (hungUpBeforeJoining(leg)) return null;
  const answeredAt = isOutside(leg) ? null : leg.answeredAt;
  return leg.joinedAt ?? answeredAt ?? (leg.end?.answered ? leg.dialledAt : null);
}

/** The party has answered the phone and hears the briefing. */
export function isBriefed(leg: Leg): boolean {
  return isOutside(leg) && leg.state === "ringing" && leg.answeredAt !== null;
}

/** The leg is in the conference now, as far as we know. */
export function isPresent(leg: Leg): boolean {
  return leg.state === "joined";
}

/** We no longer want this leg, whatever the call does: we let it go, or its line was lost. */
export function isDropped(leg: Leg): boolean {
  return leg.dismissedAt !== undefined || leg.lostAt !== undefined;
}

/** The leg is present, and we are not about to hang it up. */
export function isStaying(leg: Leg): boolean {
  return isPresent(leg) && !isDropped(leg);
}

/** We dialled this leg, and it has no answer yet as far as we know. A leg that left without a reason is still pending. */
export function isPending(leg: Leg): boolean {
  return connectedAt(leg) === null && leg.end === null;
}

/** The leg has left and we know why, or its line was lost, or we let it go. */
export function isOver(leg: Leg): boolean {
  return isDropped(leg) || (leg.state === "left" && !isPending(leg));
}

/** Twilio's timestamps are whole seconds (RFC 2822), ours are not. */
export const secondOf = (at: Time): number => Math.floor(at / 1_000);

export function customerOf(record: CallRecord): Leg | undefined {
  return record.legs.find((leg) => leg.role === "customer");
}

/** The legs that we dialled, in the order of their dials. */
export function dialledLegs(record: CallRecord): readonly Leg[] {
  return record.legs.filter((leg) => leg.role !== "customer");
}

export function legOf(record: CallRecord, label: Label | null): Leg | undefined {
  return record.legs.find((leg) => leg.label === label);
}

/** The agent's leg in this call's conference. An operator, who is null, has none. */
export function presentLegOf(record: CallRecord, agent: AgentId | null): Leg | undefined {
  return agent === null ? undefined : record.legs.find((leg) => agentOf(leg) === agent && isPresent(leg));
}

/** `whole` with these values; the same object if it already has them. */
export function withValues<T extends object>(whole: T, values: Partial<T>): T {
  for (const name in values) if (values[name] !== whole[name]) return { ...whole, ...values };
  return whole;
}

export function replaceLeg(record: CallRecord, label: Label, change: (leg: Leg) => Leg): CallRecord {
  return { ...record, legs: record.legs.map((leg) => (leg.label === label ? change(leg) : leg)) };
}

/** Time reserved for the closing sentence, in seconds: the customer hears none after Twilio has ended the whole call. */
const CLOSING = 30;

/** How long a leg may last, in seconds. Agents' legs begin later than the customer's stay, and so never end first. */
export const legLimit = (maxCallMinutes: number): number => maxCallMinutes * 60;

/** How long a customer may stay in the conference, in seconds. */
const stayLimit = (maxCallMinutes: number): number => legLimit(maxCallMinutes) - CLOSING;

/** How long an agent's leg of a call may last, in seconds. */
export const legLimitOf = ({ timeLimit }: CallRecord): number | undefined =>
  timeLimit === undefined ? undefined : timeLimit + CLOSING;

/** How long the customer may stay in the present conference, in seconds: the rest of the limit after a return. */
export function stayLimitOf({ timeLimit, startedAt, returns = [] }: CallRecord): number | undefined {
  const since = returns.at(-1)?.at ?? startedAt;
  return timeLimit === undefined
    ? undefined
    : Math.max(1, timeLimit - Math.floor((since - startedAt) / 1_000));
}

/** A record without legs or facts. */
export function blankRecord(id: CallId, startedAt: number): CallRecord {
  return {
    version: RECORD_VERSION,
    id,
    conferenceSid: null,
    startedAt,
    legs: [],
    transfers: [],
    passed: {},
    conferenceEnd: null,
    endRequested: null,
    endedAt: null,
    endedBy: null,
    toldToEnd: false,
    deadline: null,
    revision: 0,
  };
}

/** The record of a call that has just come in: it has only the customer's leg. */
export function newCallRecord(
  fact: Extract<Fact, { kind: "customer-called" }>,
  { maxCallMinutes }: Pick<Policy, "maxCallMinutes">,
): CallRecord {
  const timeLimit = stayLimit(maxCallMinutes);
  return {
    ...blankRecord(fact.call, fact.at),
    timeLimit,
    legs: [customerLeg(fact.call, fact.number, fact.at)],
  };
}
