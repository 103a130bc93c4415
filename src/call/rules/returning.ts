import type { Policy } from "../decision.ts";
import { connectedAt, isPresent, stateOf } from "../legs.ts";
import type { Fact } from "../inputs.ts";
import type { CallRecord, ConferenceSid, Leg, Time } from "../types.ts";
import { CUSTOMER } from "../types.ts";
import { isInterrupted, reachedTimeLimit } from "./ending.ts";

function withoutConference(leg: Leg, at: Time): Leg {
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
    // Nothing of what Twilio was told of the old conference holds in the new one.
    told: { ...leg.told, onHold: false, muted: false, hungUp: "no" as const },
  };
  return { ...outside, state: stateOf(outside) };
}

/**
 * The customer is out of a conference, and on the line: back into a new one if nobody wanted that. Twilio's callbacks may still
 * report on the old one.
 */
export function releaseCustomer(
  record: CallRecord,
  { at, stay }: Extract<Fact, { kind: "customer-released" }>,
  policy: Policy,
): CallRecord {
  const returns = record.returns ?? [];
  // Told before: Twilio has asked again.
  if (stay < returns.length) return record;
  const legs = record.legs.map((leg) =>
    leg.label === CUSTOMER ? { ...leg, releasedAt: Math.min(leg.releasedAt ?? at, at) } : leg,
  );
  const released = { ...record, legs };
  if (reachedTimeLimit(record, at) || !isInterrupted(released, policy)) return released;
  return {
    ...released,
    legs: legs.map((leg) => withoutConference(leg, at)),
    returns: [...returns, { at, from: record.conferenceSid }],
    conferenceSid: null,
    conferenceHasStarted: false,
    conferenceEnd: null,
  };
}

/** Is this a conference that the customer has left behind? One whose SID we never learned can only be reported as ending. */
export function isLeftBehind(
  { returns = [], conferenceSid }: CallRecord,
  conference: ConferenceSid,
  isEnding: boolean,
): boolean {
  if (returns.some(({ from }) => from === conference)) return true;
  return isEnding && conferenceSid === null && returns.length > 0;
}

/** Has somebody talked to the customer in the conference that the customer is in? */
export function hasStarted({ legs, conferenceHasStarted = false, returns = [] }: CallRecord): boolean {
  if (conferenceHasStarted) return true;
  const since = returns.at(-1)?.at ?? -Infinity;
  return legs.some(
    (leg) =>
      leg.role !== "customer" &&
      (leg.joinedAt !== null || (leg.leftAt !== null && connectedAt(leg) !== null)) &&
      // Twilio's times are whole seconds: only the dial tells the conference of a leg that leaves in the second of the return.
      (leg.leftAt === null || leg.leftAt > since || leg.dialledAt >= since),
  );
}
