import { customerLeg } from "./leg.ts";
import type { CallId, CallRecord, Fact } from "./types.ts";

/** A record of which nothing is known. */
export function blankRecord(id: CallId, startedAt: number): CallRecord {
  return {
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
    failedActions: [],
    deadline: null,
    revision: 0,
  };
}

/** The record of a call that has just come in: the customer's leg alone. */
export function newCallRecord(fact: Extract<Fact, { kind: "customer-called" }>): CallRecord {
  return { ...blankRecord(fact.call, fact.at), legs: [customerLeg(fact.call, fact.number, fact.at)] };
}
