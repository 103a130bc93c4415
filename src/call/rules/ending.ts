import { connectedAt, customerOf, dialledLegs, isOver, isStaying, secondOf } from "../legs.ts";
import type { CallRecord, EndedBy, Label, Leaving, Leg, Time } from "../types.ts";
import { CUSTOMER } from "../types.ts";
import { MODES } from "./modes.ts";
import { openTransferOf } from "./transfers.ts";

/** Twilio's maximum, in seconds, unless the account allows 24 hours (www.twilio.com/docs/voice/twiml/dial#timelimit). */
const ACCOUNT_MAXIMUM = 14_400;

/** By how much, in ms, Twilio may end a call before and after its limit, by our clock. */
const [EARLY, LATE] = [5_000, 60_000];

/** Did Twilio end the customer's stay because it has lasted too long? A customer who hangs up at that moment did not. */
export function reachedTimeLimit({ startedAt, timeLimit }: CallRecord, endedAt: Time): boolean {
  if (timeLimit === undefined) return false;
  const lasted = endedAt - startedAt;
  const limits = [timeLimit, Math.min(timeLimit, ACCOUNT_MAXIMUM)];
  return limits.some((seconds) => lasted >= seconds * 1_000 - EARLY && lasted <= seconds * 1_000 + LATE);
}

/** By a starter who was still there: a blind transfer has let the starter go before. */
function wasCancelled({ transfers }: CallRecord, target: Label): boolean {
  const transfer = transfers.find((each) => each.target === target);
  return transfer !== undefined && transfer.cancelledAt !== null && MODES[transfer.mode].starter === "stays";
}

/** When a leg was no longer there for the customer. What becomes later of one that we have let go is no news. */
function overAt({ leftAt, dismissedAt }: Leg): Time | null {
  if (dismissedAt === undefined) return leftAt;
  return Math.min(leftAt ?? dismissedAt, dismissedAt);
}

/** Did this attempt to reach somebody go on when the agent had left? Then the customer waits on, and is not let go. */
function outlasted(record: CallRecord, attempt: Leg, agentLeft: Time): boolean {
  const [over, left] = [secondOf(overAt(attempt) ?? agentLeft), secondOf(agentLeft)];
  // In the same second: who cancelled a transfer was still there; who declined may have been the last hope.
  return over > left || (over === left && !wasCancelled(record, attempt.label));
}

/** An agent of whose leaving we hear long afterwards has left the customer alone, who waits for somebody else. */
const leftOnPurpose = (leg: Leg): boolean => leg.dismissedAt !== undefined || leg.leaveWasTold === true;

/** When the last agent hung up with nothing else under way; null while the call has, or waits for, an agent. */
function lastAgentLeftAt(record: CallRecord): Time | null {
  const legs = dialledLegs(record);
  const reached = legs.filter((leg) => connectedAt(leg) !== null);
  const attempts = legs.filter((leg) => connectedAt(leg) === null);
  const leaves = reached.map(overAt);
  if (leaves.length === 0 || leaves.includes(null) || !attempts.every(isOver)) return null;
  const last = Math.max(...leaves.filter((at) => at !== null));
  if (!reached.some((leg) => overAt(leg) === last && leftOnPurpose(leg))) return null;
  return attempts.some((attempt) => outlasted(record, attempt, last)) ? null : last;
}

/** A customer who hangs up before the call is answered cancels it. */
const wasGivenUp = (end: Leg["end"]): boolean => end?.answered === false && end.reason === "cancelled";

/** All may leave in the same second; then only Twilio's reason tells that it was the customer who hung up. */
function customerHungUpFirst(customer: Leg, agentLeft: Time | null): boolean {
  const { leftAt, leftBecause, releasedAt, end } = customer;
  if (leftAt === null || leftBecause === "conference-ended") return false;
  const wasLetGo = releasedAt !== undefined || end?.answered === false;
  if (wasLetGo && leftBecause !== "hung-up" && !wasGivenUp(end)) return false;
  if (agentLeft === null || secondOf(leftAt) < secondOf(agentLeft)) return true;
  return secondOf(leftAt) === secondOf(agentLeft) && leftBecause === "hung-up";
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
  if (customer && customerHungUpFirst(customer, agentLeft)) return "customer";
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

/** What would happen if this agent left now; null for a leg that is not in the conference. */
export function leavingOf(record: CallRecord, leg: Leg): Leaving | null {
  if (leg.role === "customer" || !isStaying(leg)) return null;
  if (leg.endsConference) return "ends-call";
  if (dialledLegs(record).some((other) => other !== leg && isStaying(other))) return "leaves";
  return openTransferOf(record)?.phase === "ringing" ? "hands-over" : "ends-call";
}

/** The call has ended, and as far as we know nothing of it is up at Twilio. */
export function isFinished(record: CallRecord): boolean {
  const conferenceIsOver = record.conferenceEnd !== null || customerOf(record)?.state === "left";
  return record.endedAt !== null && conferenceIsOver && dialledLegs(record).every((leg) => leg.end !== null);
}
