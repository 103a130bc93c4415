import type { Policy } from "../decision.ts";
import { connectedAt, dialledLegs, isDropped, isOutside, isStaying, secondOf, withValues } from "../legs.ts";
import type { CallRecord, Leg } from "../types.ts";
import { endingOf } from "./ending.ts";
import { hasStarted } from "./returning.ts";
import { heldByTransfer, leftByItselfAt, openTransferOf, settleTransfer } from "./transfers.ts";
import { passedOf } from "./waiting.ts";

/** A leg that we have let go is about to be hung up. A muted agent still hears the customer, who is not on hold. */
function isWithCustomer(leg: Leg): boolean {
  return isStaying(leg) && !leg.holdWanted;
}

/**
 * A conference that has started plays no waiting music again (www.twilio.com/docs/voice/twiml/conference): a customer
 * who has nobody, because the agents have left or are on hold, is held, which does play music.
 */
function hasNobody(record: CallRecord): boolean {
  if (record.endedAt !== null || record.conferenceEnd !== null) return false;
  return hasStarted(record) && !dialledLegs(record).some(isWithCustomer);
}

/**
 * The customer's leg ends the conference by leaving. An agent's does as the only agent, and even then not the first agent's, as
 * in the tutorial: then the customer hears a closing sentence. Whoever brings another agent in may leave before that one comes.
 */
function endsConference(record: CallRecord, leg: Leg, { tutorialFlags }: Policy): boolean {
  if (leg.role !== "target") return leg.role === "customer";
  if (isDropped(leg) || openTransferOf(record)?.starter === leg.label) return false;
  return tutorialFlags || !dialledLegs(record).some((other) => other !== leg && isStaying(other));
}

/** An agent who leaves without a word has not hung up: the page says goodbye before. On a phone, one just hangs up. */
function isLost(record: CallRecord, leg: Leg, { tutorialFlags }: Policy): boolean {
  const { leftAt, lostAt, dismissedAt } = leg;
  if (lostAt !== undefined) return true;
  if (tutorialFlags || isOutside(leg) || leftAt === null || connectedAt(leg) === null) return false;
  // One whose end nobody told is let go long after it has left.
  const wasLetGo = dismissedAt !== undefined && secondOf(dismissedAt) <= secondOf(leftAt);
  return !wasLetGo && leftByItselfAt(leg, record) !== null;
}

function withIntents(record: CallRecord, policy: Policy): CallRecord {
  const open = openTransferOf(record);
  const held = open && record.endedAt === null ? heldByTransfer(open) : null;
  const legs = record.legs.map((leg): Leg => {
    const onHold = leg.holdWanted || leg.label === held;
    const common = { endsConference: endsConference(record, leg, policy) };
    if (leg.role === "customer") return withValues(leg, { ...common, onHold: onHold || hasNobody(record) });
    return withValues(leg, {
      ...common,
      onHold,
      unwanted: isDropped(leg) || record.endedAt !== null,
      isLost: isLost(record, leg, policy),
    });
  });
  return { ...record, legs };
}

/**
 * Draws every conclusion from the facts and wishes in a record: how it ended, what became of transfers, what we want
 * of each leg. Nothing here depends on the order in which facts arrived.
 */
export function settle(record: CallRecord, policy: Policy): CallRecord {
  const ended = { ...record, ...endingOf(record, policy) };
  const transfers = ended.transfers.map((transfer) => settleTransfer(ended, transfer));
  const concluded = withIntents({ ...ended, transfers }, policy);
  return { ...concluded, passed: passedOf(concluded, policy) };
}
