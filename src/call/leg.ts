import type { AgentId, CallId, CallRecord, CallSid, Label, Leg, LegState, Time } from "./types.ts";
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
  };
}

/** The customer's leg: it rings in, and its Call SID names the call. */
export function customerLeg(call: CallId, number: string, at: Time): Leg {
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

/** A leg that we are about to dial. A target ends the conference when it leaves; the first agent does not. */
export function dialledLeg(record: CallRecord, agent: AgentId, role: "first" | "target", at: Time): Leg {
  const earlier = record.legs.filter((leg) => agentOf(leg) === agent).length;
  return newLeg({
    label: `${agent}-${earlier + 1}` as Label,
    party: { kind: "agent", agent },
    role,
    callSid: null,
    dialledAt: at,
    ringingAt: null,
    endsConference: role === "target",
  });
}

/** The agent at the other end of a leg; null for the customer's. */
export function agentOf(leg: Leg): AgentId | null {
  return leg.party.kind === "agent" ? leg.party.agent : null;
}

/** The furthest state that the leg's times speak of. */
export function stateOf(leg: Omit<Leg, "state">): LegState {
  if (leg.leftAt !== null) return "left";
  if (leg.joinedAt !== null) return "joined";
  return leg.ringingAt !== null || leg.answeredAt !== null ? "ringing" : "dialling";
}

/** Picked up and hung up again on the way into the conference, of which Twilio told neither its joining nor why it left. */
function neverCameIn(leg: Leg): boolean {
  return leg.end?.answered === true && leg.joinedAt === null && leg.leftBecause === null;
}

/**
 * When somebody took this leg up for the customer; null when nobody has. A callback may be lost (they are best effort:
 * www.twilio.com/docs/voice/api/call-resource), so a leg of which we only know that it left counts from its dial.
 */
export function reachedAt(leg: Leg): Time | null {
  if (neverCameIn(leg)) return null;
  return leg.joinedAt ?? leg.answeredAt ?? (leg.end?.answered ? leg.dialledAt : null);
}

/** In the conference now, as far as we know. */
export function isPresent(leg: Leg): boolean {
  return leg.state === "joined";
}

/** Present, and not about to be hung up. */
export function isStaying(leg: Leg): boolean {
  return isPresent(leg) && leg.dismissedAt === undefined;
}

/** Rung, and not yet known whether somebody takes it up. A leg that left without a word why is still unsettled. */
export function isUnsettled(leg: Leg): boolean {
  return reachedAt(leg) === null && leg.end === null;
}

/** It has left and we know how, or we have let it go. */
export function isOver(leg: Leg): boolean {
  return leg.dismissedAt !== undefined || (leg.state === "left" && !isUnsettled(leg));
}

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

/** The record with one leg changed. */
export function replaceLeg(record: CallRecord, label: Label, change: (leg: Leg) => Leg): CallRecord {
  return { ...record, legs: record.legs.map((leg) => (leg.label === label ? change(leg) : leg)) };
}
