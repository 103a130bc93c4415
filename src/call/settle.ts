import { nextDeadline } from "./deadlines.ts";
import { endingOf } from "./ending.ts";
import { agentOf, dialledLegs, isPresent, legOf, reachedAt } from "./leg.ts";
import { outcomeOf } from "./outcome.ts";
import type { CallRecord, Leg, Policy, Time } from "./types.ts";

/**
 * Somebody who is there for the customer. One whom we have let go is about to be hung up. A muted one is there: on hold the
 * customer could not be heard, which is what muting leaves as it is.
 */
function isWithCustomer(leg: Leg): boolean {
  return isPresent(leg) && leg.dismissedAt === undefined && !leg.holdWanted;
}

/**
 * A conference that has started plays no waiting music again (www.twilio.com/docs/voice/twiml/conference): a customer
 * who has nobody, because the agents have left or are on hold, is held, which does play music.
 */
function hasNobody(record: CallRecord): boolean {
  const legs = dialledLegs(record);
  const hasStarted = legs.some(
    (leg) => leg.joinedAt !== null || (leg.leftAt !== null && reachedAt(leg) !== null),
  );
  return record.endedAt === null && hasStarted && !legs.some(isWithCustomer);
}

/**
 * The customer and a target end the conference when they leave. Whoever brings another agent in may leave, also while that one
 * still rings: the customer then gets music. A target who joined although the transfer was cancelled is about to be hung up, and must not take the others along.
 */
function endsConference(record: CallRecord, leg: Leg): boolean {
  if (leg.role !== "target") return leg.role === "customer";
  const hasJoined = (label: Leg["label"]): boolean => (legOf(record, label)?.joinedAt ?? null) !== null;
  return !record.transfers.some((transfer) =>
    transfer.cancelledAt === null
      ? transfer.starter === leg.label && (transfer.outcome === null || hasJoined(transfer.target))
      : transfer.target === leg.label && hasJoined(leg.label),
  );
}

function withIntents(record: CallRecord): CallRecord {
  const legs = record.legs.map((leg): Leg => {
    const common = { ...leg, endsConference: endsConference(record, leg) };
    if (leg.role === "customer") return { ...common, onHold: leg.holdWanted || hasNobody(record) };
    return {
      ...common,
      onHold: leg.holdWanted,
      unwanted: leg.dismissedAt !== undefined || record.endedAt !== null,
    };
  });
  return { ...record, legs };
}

/** Agents who were rung and did not take the call are left alone for a while. */
function passedOf(record: CallRecord, policy: Policy): CallRecord["passed"] {
  const passed: Record<string, Time> = {};
  for (const leg of dialledLegs(record)) {
    const agent = agentOf(leg);
    if (agent === null || leg.leftAt === null || leg.end === null || reachedAt(leg) !== null) continue;
    passed[agent] = Math.max(passed[agent] ?? 0, leg.leftAt + policy.retryAfter);
  }
  return passed;
}

/**
 * Draws every conclusion from the facts and wishes in a record: how it ended, what became of transfers, what we want
 * of each leg, when to look again. Nothing here depends on the order in which facts arrived.
 */
export function settle(record: CallRecord, policy: Policy, now: Time): CallRecord {
  const ended = { ...record, ...endingOf(record) };
  const transfers = ended.transfers.map((transfer) => ({ ...transfer, ...outcomeOf(ended, transfer) }));
  const concluded = withIntents({ ...ended, transfers });
  const passed = passedOf(concluded, policy);
  return { ...concluded, passed, deadline: nextDeadline({ ...concluded, passed }, policy, now) };
}
