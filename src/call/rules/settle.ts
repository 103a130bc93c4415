import type { Policy } from "../decision.ts";
import { connectedAt, dialledLegs, isDropped, isOutside, isStaying, secondOf, withValues } from "../legs.ts";
import type { CallRecord, Leg } from "../types.ts";
import { endingOf } from "./ending.ts";
import { hasStarted } from "./returning.ts";
import { heldByTransfer, leftByItselfAt, openTransferOf, settleTransfer } from "./transfers.ts";
import { passedOf } from "./waiting.ts";

/** A leg that we let go does not count: we are about to hang it up. A muted agent counts, because they hear the customer. */
function isWithCustomer(leg: Leg): boolean {
  return isStaying(leg) && !leg.holdWanted;
}

/**
 * The customer has no agent, because the agents have left or are on hold. A conference that has started does not play its waiting
 * music again (www.twilio.com/docs/voice/twiml/conference), so we hold such a customer, which plays music.
 */
function lacksAgent(record: CallRecord): boolean {
  if (record.endedAt !== null || record.conferenceEnd !== null) return false;
  return hasStarted(record) && !dialledLegs(record).some(isWithCustomer);
}

/**
 * The customer's leg ends the conference by leaving. So does a target's leg as the only agent; the first agent's never does, as in
 * the tutorial, and the customer then hears a closing sentence. An agent who transfers may leave before the target joins.
 */
function endsConference(record: CallRecord, leg: Leg, { tutorialFlags }: Policy): boolean {
  if (leg.role !== "target") return leg.role === "customer";
  if (isDropped(leg) || openTransferOf(record)?.starter === leg.label) return false;
  return tutorialFlags || !dialledLegs(record).some((other) => other !== leg && isStaying(other));
}

/** The line of an agent was lost if the leg left without the page's `leave` or `end-call`. Outside parties just hang up. */
function isLost(record: CallRecord, leg: Leg, { tutorialFlags }: Policy): boolean {
  const { leftAt, lostAt, dismissedAt } = leg;
  if (lostAt !== undefined) return true;
  if (tutorialFlags || isOutside(leg) || leftAt === null || connectedAt(leg) === null) return false;
  // If Twilio did not report the leg's end, we let the leg go long after it had left.
  const wasLetGo = dismissedAt !== undefined && secondOf(dismissedAt) <= secondOf(leftAt);
  return !wasLetGo && leftByItselfAt(leg, record) !== null;
}

function withIntents(record: CallRecord, policy: Policy): CallRecord {
  const open = openTransferOf(record);
  const held = open && record.endedAt === null ? heldByTransfer(open) : null;
  const legs = record.legs.map((leg): Leg => {
    const onHold = leg.holdWanted || leg.label === held;
    const common = { endsConference: endsConference(record, leg, policy) };
    if (leg.role === "customer") return withValues(leg, { ...common, onHold: onHold || lacksAgent(record) });
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
 * Derives everything that follows from the facts and requests in a record: how the call ended, the outcome of each transfer, and
 * what we want of each leg. Nothing here depends on the order in which facts arrived.
 */
export function settle(record: CallRecord, policy: Policy): CallRecord {
  const ended = { ...record, ...endingOf(record, policy) };
  const transfers = ended.transfers.map((transfer) => settleTransfer(ended, transfer));
  const settled = withIntents({ ...ended, transfers }, policy);
  return { ...settled, passed: passedOf(settled, policy) };
}
