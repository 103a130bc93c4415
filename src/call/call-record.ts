import { customerLeg } from "./leg.ts";
import { stayLimit } from "./time-limit.ts";
import type { CallId, CallRecord, Fact, Policy } from "./types.ts";

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
