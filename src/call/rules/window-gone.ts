import { customerOf, dialledLegs, isOver, isPresent, isStaying } from "../legs.ts";
import type { Fact } from "../inputs.ts";
import type { CallRecord, Leg } from "../types.ts";
import type { Policy } from "../decision.ts";
import { openTransferOf } from "./transfers.ts";

/** The agent's page is gone, and Twilio still shows the line. Sound bypasses the page's socket, so the line may live. */
export function isSuspected({ windowGoneAt, windowBackAt }: Leg): boolean {
  return windowGoneAt !== undefined && windowGoneAt > (windowBackAt ?? -Infinity);
}

/** Every agent who talks to the customer may have lost the line. A customer on hold hears music, so that talk is never in doubt. */
export function isTalkInDoubt(record: CallRecord): boolean {
  const customer = customerOf(record);
  if (record.endedAt !== null || record.conferenceEnd !== null || !customer) return false;
  const agents = dialledLegs(record).filter(isStaying);
  return isPresent(customer) && !customer.onHold && agents.length > 0 && agents.every(isSuspected);
}

/** The talk is in doubt, no other agent rings, and the setting wants another agent in the conference at once. */
export function needsAnother(record: CallRecord, { whenWindowGone }: Policy): boolean {
  if (whenWindowGone !== "ring-another" || openTransferOf(record) || !isTalkInDoubt(record)) return false;
  return dialledLegs(record).every((leg) => isPresent(leg) || isOver(leg));
}

/** The suspicion was wrong: stops ringing other agents for a customer who has one. */
export function dismissOthers(record: CallRecord, { at }: Fact): CallRecord {
  const legs = record.legs.map((leg) =>
    leg.role === "first" && !isPresent(leg) && !isOver(leg) ? { ...leg, dismissedAt: at } : leg,
  );
  return dialledLegs(record).some(isStaying) ? { ...record, legs } : record;
}
