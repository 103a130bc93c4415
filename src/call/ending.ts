import { customerOf, dialledLegs, isOver, reachedAt } from "./leg.ts";
import { reachedTimeLimit } from "./time-limit.ts";
import type { CallRecord, EndedBy, Label, Leg, Time } from "./types.ts";
import { CUSTOMER } from "./types.ts";

// Twilio's timestamps are whole seconds (RFC 2822), ours are not.
const second = (at: Time): number => Math.floor(at / 1000);

function wasCancelled(record: CallRecord, target: Label): boolean {
  return record.transfers.some((transfer) => transfer.target === target && transfer.cancelledAt !== null);
}

/** When a leg was no longer there for the customer. What becomes later of one that we have let go is no news. */
function overAt({ leftAt, dismissedAt }: Leg): Time | null {
  if (dismissedAt === undefined) return leftAt;
  return Math.min(leftAt ?? dismissedAt, dismissedAt);
}

/** Did this attempt to reach somebody go on when the agent had left? Then the customer waits on, and is not let go. */
function outlasted(record: CallRecord, attempt: Leg, agentLeft: Time): boolean {
  const [over, left] = [second(overAt(attempt) ?? agentLeft), second(agentLeft)];
  // In the same second: who cancelled a transfer was still there; who declined may have been the last hope.
  return over > left || (over === left && !wasCancelled(record, attempt.label));
}

/** Who left long before we heard of it has left the customer alone, who has waited since then: for somebody else. */
const isGoodbye = (leg: Leg): boolean => leg.dismissedAt !== undefined || leg.leaveWasTold === true;

/** When the last agent hung up with nothing else under way; null while the call has, or waits for, an agent. */
function lastAgentLeftAt(record: CallRecord): Time | null {
  const legs = dialledLegs(record);
  const reached = legs.filter((leg) => reachedAt(leg) !== null);
  const attempts = legs.filter((leg) => reachedAt(leg) === null);
  const leaves = reached.map(overAt);
  if (leaves.length === 0 || leaves.includes(null) || !attempts.every(isOver)) return null;
  const last = Math.max(...leaves.filter((at) => at !== null));
  if (!reached.some((leg) => overAt(leg) === last && isGoodbye(leg))) return null;
  return attempts.some((attempt) => outlasted(record, attempt, last)) ? null : last;
}

/** A customer who hangs up before the call is answered cancels it. */
const isGivenUp = (end: Leg["end"]): boolean => end?.answered === false && end.reason === "cancelled";

/** All may leave in the same second; then only Twilio's reason tells that it was the customer who hung up. */
function customerWasFirst(customer: Leg, agentLeft: Time | null): boolean {
  const { leftAt, leftBecause, releasedAt, end } = customer;
  if (leftAt === null || leftBecause === "conference-ended") return false;
  const wasLetGo = releasedAt !== undefined || end?.answered === false;
  if (wasLetGo && leftBecause !== "hung-up" && !isGivenUp(end)) return false;
  if (agentLeft === null || second(leftAt) < second(agentLeft)) return true;
  return second(leftAt) === second(agentLeft) && leftBecause === "hung-up";
}

function whoEnded(
  record: CallRecord,
  customer: Leg | undefined,
  agentLeft: Time | null,
  endedAt: Time,
): EndedBy {
  const { conferenceEnd, endRequested } = record;
  if (!endRequested && reachedTimeLimit(record, endedAt)) return "time-limit";
  if (conferenceEnd?.by) return conferenceEnd.by === CUSTOMER ? "customer" : "agent";
  if (endRequested) return endRequested.by === null ? "operator" : "agent";
  if (customer && customerWasFirst(customer, agentLeft)) return "customer";
  return agentLeft === null ? "error" : "agent";
}

/** When the call ended and by whom, from what is known now: the earliest of everything that ends a call. */
export function endingOf(record: CallRecord): Pick<CallRecord, "endedAt" | "endedBy"> {
  const customer = customerOf(record);
  const agentLeft = lastAgentLeftAt(record);
  const ends = [customer?.leftAt, record.conferenceEnd?.at, record.endRequested?.at, agentLeft];
  const known = ends.filter((at) => at !== null && at !== undefined);
  if (known.length === 0) return { endedAt: null, endedBy: null };
  const endedAt = Math.min(...known);
  return { endedAt, endedBy: whoEnded(record, customer, agentLeft, endedAt) };
}
