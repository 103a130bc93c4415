import type { Policy } from "../decision.ts";
import { connectedAt, dialledLegs, isPresent, legOf } from "../legs.ts";
import type { CallRecord, Leg, Time } from "../types.ts";
import { nextDeadline } from "./deadlines.ts";
import { endingOf } from "./ending.ts";
import { outcomeOf } from "./transfers.ts";
import { passedOf } from "./waiting.ts";

/** A leg that we have let go is about to be hung up. A muted agent still hears the customer, who is not on hold. */
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
    (leg) => leg.joinedAt !== null || (leg.leftAt !== null && connectedAt(leg) !== null),
  );
  return record.endedAt === null && hasStarted && !legs.some(isWithCustomer);
}

/**
 * The customer and a target end the conference when they leave. Whoever brings another agent in may leave, also while that
 * one still rings: the customer then gets music. A target who joined although the transfer was cancelled is about to be hung
 * up, and must not take the others along.
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
