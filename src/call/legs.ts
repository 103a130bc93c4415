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

/** A leg that we are about to dial. Its label tells no number, because Twilio's logs show it. */
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

/** The agent at the other end of a leg; null for the customer's, and for that of somebody who is no agent. */
export function agentOf(leg: Leg): AgentId | null {
  return leg.party.kind === "agent" ? leg.party.agent : null;
}

/** Of somebody who is no agent: reached by phone, briefed before coming in, and leaving on purpose. */
export function isOutside(leg: Leg): boolean {
  return leg.party.kind === "outside";
}

/** The furthest state that the leg's times speak of. */
export function stateOf(leg: Omit<Leg, "state">): LegState {
  if (leg.leftAt !== null) return "left";
  if (leg.joinedAt !== null) return "joined";
  return leg.ringingAt !== null || leg.answeredAt !== null ? "ringing" : "dialling";
}

/** The agent picked up and hung up on the way into the conference: Twilio told neither of joining nor why the leg left. */
export function hungUpBeforeJoining(leg: Leg): boolean {
  return leg.end?.answered === true && leg.joinedAt === null && leg.leftBecause === null;
}

/** Why nobody came by a leg that has ended. Who picked up and hung up before coming in has met nobody. */
export function whyNotReached(leg: Leg): FailureReason | "cancelled" {
  if (leg.end?.answered === false) return leg.end.reason;
  return leg.refused ?? (isOutside(leg) ? "declined" : "no-answer");
}

/**
 * When somebody took this leg up for the customer; null when nobody has. A callback may be lost (they are best effort:
 * www.twilio.com/docs/voice/api/call-resource), so a leg of which we only know that it left counts from its dial.
 */
export function connectedAt(leg: Leg): Time | null {
  if (hungUpBeforeJoining(leg)) return null;
  const answeredAt = isOutside(leg) ? null : leg.answeredAt;
  return leg.joinedAt ?? answeredAt ?? (leg.end?.answered ? leg.dialledAt : null);
}

/** Has answered the phone, and hears what the call is about. */
export function isBriefed(leg: Leg): boolean {
  return isOutside(leg) && leg.state === "ringing" && leg.answeredAt !== null;
}

/** In the conference now, as far as we know. */
export function isPresent(leg: Leg): boolean {
  return leg.state === "joined";
}

/** We do not want it any more, whatever the call does: it was let go, or its line was lost. */
export function isDropped(leg: Leg): boolean {
  return leg.dismissedAt !== undefined || leg.lostAt !== undefined;
}

/** Present, and not about to be hung up. */
export function isStaying(leg: Leg): boolean {
  return isPresent(leg) && !isDropped(leg);
}

/** It was dialled, and nobody has answered yet as far as we know. A leg that left without a reason is still pending. */
export function isPending(leg: Leg): boolean {
  return connectedAt(leg) === null && leg.end === null;
}

/** It has left and we know why, or was lost, or we have let it go. */
export function isOver(leg: Leg): boolean {
  return isDropped(leg) || (leg.state === "left" && !isPending(leg));
}

/** Twilio's timestamps are whole seconds (RFC 2822), ours are not. */
export const secondOf = (at: Time): number => Math.floor(at / 1_000);

/** The customer's leg. */
export function customerOf(record: CallRecord): Leg | undefined {
  return record.legs.find((leg) => leg.role === "customer");
}

/** The legs that we dialled, in the order of their dials. */
export function dialledLegs(record: CallRecord): readonly Leg[] {
  return record.legs.filter((leg) => leg.role !== "customer");
}

/** The leg of a label. */
export function legOf(record: CallRecord, label: Label | null): Leg | undefined {
  return record.legs.find((leg) => leg.label === label);
}

/** The leg by which an agent talks in this call. */
export function presentLegOf(record: CallRecord, agent: AgentId): Leg | undefined {
  return record.legs.find((leg) => agentOf(leg) === agent && isPresent(leg));
}

/** `whole` with these values; the very same object if it has them all. */
export function withValues<T extends object>(whole: T, values: Partial<T>): T {
  for (const name in values) if (values[name] !== whole[name]) return { ...whole, ...values };
  return whole;
}

/** The record with one leg changed. */
export function replaceLeg(record: CallRecord, label: Label, change: (leg: Leg) => Leg): CallRecord {
  return { ...record, legs: record.legs.map((leg) => (leg.label === label ? change(leg) : leg)) };
}

/** Kept for the closing sentence, in seconds: nobody hears one after Twilio has ended the whole call. */
const CLOSING = 30;

/** How long a leg may last, in seconds. Agents' legs begin later than the customer's stay, and so never end first. */
export const legLimit = (maxCallMinutes: number): number => maxCallMinutes * 60;

/** How long a customer may stay in the conference, in seconds. */
const stayLimit = (maxCallMinutes: number): number => legLimit(maxCallMinutes) - CLOSING;

/** How long an agent's leg of a call may last, in seconds. */
export const legLimitOf = ({ timeLimit }: CallRecord): number | undefined =>
  timeLimit === undefined ? undefined : timeLimit + CLOSING;

/** How long the customer may stay in the present conference, in seconds: what is left, after having come back. */
export function stayLimitOf({ timeLimit, startedAt, returns = [] }: CallRecord): number | undefined {
  const since = returns.at(-1)?.at ?? startedAt;
  return timeLimit === undefined
    ? undefined
    : Math.max(1, timeLimit - Math.floor((since - startedAt) / 1_000));
}

/** A record of which nothing is known. */
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

/** The record of a call that has just come in: the customer's leg alone. */
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
