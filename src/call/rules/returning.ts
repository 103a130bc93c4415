import type { Policy } from "../decision.ts";
import { connectedAt, isPresent, replaceLeg, stateOf } from "../legs.ts";
import type { Fact } from "../inputs.ts";
import type { CallRecord, ConferenceSid, Leg, Time } from "../types.ts";
import { CUSTOMER } from "../types.ts";
import { isInterrupted, reachedTimeLimit } from "./ending.ts";

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
export function releaseCustomer(
  record: CallRecord,
  { at, stay }: Extract<Fact, { kind: "customer-released" }>,
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
export function isLeftBehind(
  { returns = [], conferenceSid }: CallRecord,
  conference: ConferenceSid,
  isEnding: boolean,
): boolean {
  if (returns.some(({ from }) => from === conference)) return true;
  return isEnding && conferenceSid === null && returns.length > 0;
}

/** Has an agent or an outside party joined the customer's present conference? */
export function hasStarted({ legs, conferenceHasStarted = false, returns = [] }: CallRecord): boolean {
  if (conferenceHasStarted) return true;
  const since = returns.at(-1)?.at ?? -Infinity;
  return legs.some(
    (leg) =>
      leg.role !== "customer" &&
      (leg.joinedAt !== null || (leg.leftAt !== null && connectedAt(leg) !== null)) &&
      // Twilio's times are whole seconds: for a leg that left in the second of the return, only its dial shows which conference.
      (leg.leftAt === null || leg.leftAt > since || leg.dialledAt >= since),
  );
}
