import type { Policy } from "../decision.ts";
import { connectedAt, customerOf, dialledLegs, isOutside, isStaying, legOf, secondOf } from "../legs.ts";
import { type CallRecord, CUSTOMER, type EndedBy, type Label, type Leg, type Time } from "../types.ts";
import { MODES } from "./modes.ts";
import { hasCome, openTransferOf } from "./transfers.ts";

/** Twilio's maximum, in seconds, unless the account allows 24 hours (www.twilio.com/docs/voice/twiml/dial#timelimit). */
const ACCOUNT_MAXIMUM = 14_400;

/** How long, in ms, before and after its limit Twilio may end a call, by our clock. */
const [EARLY, LATE] = [5_000, 60_000];

/** Did Twilio end the customer's stay because it has lasted too long? A customer who hangs up at that moment did not. */
export function reachedTimeLimit({ startedAt, timeLimit }: CallRecord, endedAt: Time): boolean {
  if (timeLimit === undefined) return false;
  const lasted = endedAt - startedAt;
  const limits = [timeLimit, Math.min(timeLimit, ACCOUNT_MAXIMUM)];
  return limits.some((seconds) => lasted >= seconds * 1_000 - EARLY && lasted <= seconds * 1_000 + LATE);
}

/** A starter who was still there cancelled the transfer. A blind transfer lets its starter go at once. */
function wasCancelled({ transfers }: CallRecord, label: Label): boolean {
  return transfers.some(
    ({ target, cancelledAt, mode }) =>
      target === label && cancelledAt !== null && MODES[mode].starter === "stays",
  );
}

/** When a leg stopped serving the customer. Whatever happens to a leg after we let it go does not count. */
function overAt({ leftAt, dismissedAt }: Leg): Time | null {
  if (dismissedAt === undefined) return leftAt;
  return Math.min(leftAt ?? dismissedAt, dismissedAt);
}

/** Did this dial continue after the agent had left? Then the customer keeps waiting, and the call goes on. */
function continuedAfter(record: CallRecord, attempt: Leg, agentLeft: Time): boolean {
  const [over, left] = [secondOf(overAt(attempt) ?? Infinity), secondOf(agentLeft)];
  // In the same second, an agent who cancelled the transfer was still there; a target who declined may have been the last to ring.
  return over > left || (over === left && !wasCancelled(record, attempt.label));
}

/** An agent whose leaving we learn long afterwards has left the customer waiting for another agent. */
const leftOnPurpose = (leg: Leg): boolean => leg.dismissedAt !== undefined || leg.leaveWasTold === true;

/** The leaving, on purpose, of the last person who talked to the customer. */
interface Goodbye {
  at: Time;
  by: "agent" | "outside";
}

/**
 * An outside party who hangs up last ends the call, if no dial is pending; with `tutorialFlags`, so does an agent. Otherwise the
 * agent's page sends `leave` or `end-call` first, and a line that ends without that was lost.
 */
function goodbyeOf(record: CallRecord, { tutorialFlags }: Policy): Goodbye | null {
  const legs = dialledLegs(record);
  const connectedLegs = legs.filter((leg) => connectedAt(leg) !== null);
  const attempts = legs.filter((leg) => connectedAt(leg) === null);
  const last = Math.max(...connectedLegs.map((leg) => overAt(leg) ?? Infinity));
  const leavers = connectedLegs.filter((leg) => overAt(leg) === last && leftOnPurpose(leg));
  const isByOutside = leavers.some((leg) => isOutside(leg) && leg.dismissedAt === undefined);
  if (leavers.length === 0 || !(tutorialFlags || isByOutside)) return null;
  if (attempts.some((attempt) => continuedAfter(record, attempt, last))) return null;
  return { at: last, by: isByOutside ? "outside" : "agent" };
}

/** Twilio reports `cancelled` for a customer who hangs up before the call is answered. */
const cancelledByCustomer = (end: Leg["end"]): boolean =>
  end?.answered === false && end.reason === "cancelled";

/** If all leave in the same second, only Twilio's reason shows that the customer hung up. */
function customerHungUpFirst(customer: Leg, agentLeft: Time | null): boolean {
  const { leftAt, leftBecause, releasedAt, end } = customer;
  if (leftAt === null || leftBecause === "conference-ended") return false;
  const wasLetGo = releasedAt !== undefined || end?.answered === false;
  if (wasLetGo && leftBecause !== "hung-up" && !cancelledByCustomer(end)) return false;
  if (agentLeft === null || secondOf(leftAt) < secondOf(agentLeft)) return true;
  return secondOf(leftAt) === secondOf(agentLeft) && leftBecause === "hung-up";
}

function isOutsideLabel(record: CallRecord, label: Label | null = null): boolean {
  const leg = legOf(record, label);
  return leg !== undefined && isOutside(leg);
}

function whoEnded(
  record: CallRecord,
  { tutorialFlags }: Policy,
  goodbye: Goodbye | null,
  endedAt: Time,
): EndedBy {
  const { conferenceEnd, endRequested } = record;
  const customer = customerOf(record);
  if (!endRequested && reachedTimeLimit(record, endedAt)) return "time-limit";
  if (endRequested?.noAgent) return "no-agent";
  if (conferenceEnd?.by === CUSTOMER) return "customer";
  if (!endRequested && isOutsideLabel(record, conferenceEnd?.by)) return "outside";
  // The agent's line was lost, and the customer did not come back.
  if (conferenceEnd?.by) return tutorialFlags || endRequested ? "agent" : "error";
  if (endRequested) return endRequested.by === null ? "operator" : "agent";
  if (customer && customerHungUpFirst(customer, goodbye?.at ?? null)) return "customer";
  return goodbye?.by ?? "error";
}

/**
 * Did an agent's lost line end the conference that the customer has left? Then the customer, who is still on the line, comes back
 * into a new one. Until Twilio reports who ended it, only a target can have done so. Outside parties hang up on purpose.
 */
export function isInterrupted(record: CallRecord, { tutorialFlags }: Policy): boolean {
  const { conferenceEnd, endRequested, endedAt } = record;
  const customer = customerOf(record);
  if (tutorialFlags || endRequested !== null || customer?.end !== null) return false;
  // Reports may contradict each other; an ended call stays ended.
  if (endedAt !== null) return false;
  if (conferenceEnd !== null) {
    const { by } = conferenceEnd;
    return by !== null && by !== CUSTOMER && !isOutsideLabel(record, by);
  }
  if (customer.leftBecause === "hung-up" || customer.leftBecause === "removed") return false;
  const last = dialledLegs(record).findLast(
    (leg) => connectedAt(leg) !== null && leg.dismissedAt === undefined,
  );
  return record.legs.some((leg) => leg.role === "target") && !(last && isOutside(last));
}

/** When the call ended and who ended it, by what is known now. The earliest of all possible ends counts. */
export function endingOf(record: CallRecord, policy: Policy): Pick<CallRecord, "endedAt" | "endedBy"> {
  const customer = customerOf(record);
  const goodbye = goodbyeOf(record, policy);
  const outs = isInterrupted(record, policy) ? [] : [customer?.leftAt, record.conferenceEnd?.at];
  const known = [...outs, record.endRequested?.at, goodbye?.at].filter(
    (at) => at !== null && at !== undefined,
  );
  if (known.length === 0) return { endedAt: null, endedBy: null };
  const endedAt = Math.min(...known);
  return { endedAt, endedBy: whoEnded(record, policy, goodbye, endedAt) };
}

/** What happens if an agent leaves: the others keep talking, the customer waits for the ringing target, or the call ends. */
export type Leaving = "leaves" | "hands-over" | "ends-call";

/** What happens if this agent leaves now; null for a leg that is not in the conference. */
export function leavingOf(record: CallRecord, leg: Leg): Leaving | null {
  if (leg.role === "customer" || !isStaying(leg)) return null;
  if (leg.endsConference) return "ends-call";
  if (dialledLegs(record).some((other) => other !== leg && isStaying(other))) return "leaves";
  const open = openTransferOf(record);
  return open && !hasCome(open) ? "hands-over" : "ends-call";
}

/** The customer may leave a message, and may still be speaking. */
function mayLeaveMessage(record: CallRecord): boolean {
  const customer = customerOf(record);
  if (record.endRequested?.takesMessage !== true || record.message) return false;
  return customer?.end === null && customer.leftBecause !== "hung-up";
}

/** The call has ended, and as far as we know it has no legs at Twilio. */
export function isFinished(record: CallRecord): boolean {
  if (record.endedAt === null || mayLeaveMessage(record)) return false;
  const conferenceIsOver = record.conferenceEnd !== null || customerOf(record)?.state === "left";
  return conferenceIsOver && dialledLegs(record).every((leg) => leg.end !== null);
}
