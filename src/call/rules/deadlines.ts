import { dialledLegs, isBriefed, isPending } from "../legs.ts";
import { headStartEnd, isWaiting } from "./waiting.ts";
import { needsAnother } from "./window-gone.ts";
import type { CallRecord, Leg, Time } from "../types.ts";
import type { Policy } from "../decision.ts";

/** How long, in ms, we wait for an overdue callback. Twilio sends callbacks best effort, so one may be lost. */
const CALLBACK_GRACE = 15_000;

/** How long, in ms, the call of a leg may outlast the leg's leaving of the conference. */
const HANG_UP_GRACE = 5_000;

/**
 * How long, in ms, we wait before we hang a dismissed leg up a second time, whatever its state: the first time, the party may just
 * have answered. The wait leaves time for the closing sentence, and ends before the 5 s after which no phone may ring for nothing.
 */
const INSIST_AFTER = 4_500;

/** How long, in ms, an outside party may take to hear the briefing with its note and to press a key. */
const BRIEFING = 120_000;

/** Since when we no longer want a leg; null while we want it. */
function unwantedSince({ endedAt }: CallRecord, { dismissedAt, lostAt }: Leg): Time | null {
  const times = [endedAt, dismissedAt, lostAt].filter((at) => at !== null && at !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

/** When to hang a leg up once more; null if it has left, may stay, or was hung up twice already. */
export function insistAt(record: CallRecord, leg: Leg): Time | null {
  const since = unwantedSince(record, leg);
  if (since === null || leg.role === "customer" || leg.callSid === null) return null;
  return leg.told.hungUp === "insisted" || leg.state === "left" ? null : since + INSIST_AFTER;
}

/** When to give up a leg about which Twilio reports nothing more. */
export function legDeadline(record: CallRecord, leg: Leg, policy: Policy): Time | null {
  if (leg.end !== null) return null;
  if (leg.leftAt !== null && (record.endedAt !== null || !isPending(leg))) return leg.leftAt + HANG_UP_GRACE;
  const since = unwantedSince(record, leg);
  if (since !== null) return since + CALLBACK_GRACE;
  if (!isPending(leg)) return null;
  if (isBriefed(leg)) return (leg.answeredAt ?? leg.dialledAt) + BRIEFING;
  return leg.dialledAt + policy.ringSeconds * 1000 + CALLBACK_GRACE;
}

/** When the call may ring another agent: one who did not take it, or any, after an agent's line was lost. */
function nextRetry(record: CallRecord, policy: Policy, now: Time): Time | null {
  if (!isWaiting(record) && !needsAnother(record, policy)) return null;
  const times = [...Object.values(record.passed), headStartEnd(record, policy)].filter((at) => at > now);
  return times.length > 0 ? Math.min(...times) : null;
}

/** When to decide again, because Twilio should have reported something or another agent may ring; null: not at all. */
export function nextDeadline(record: CallRecord, policy: Policy, now: Time): Time | null {
  const legs = dialledLegs(record).map((leg) => legDeadline(record, leg, policy));
  const all = [...legs, nextRetry(record, policy, now)].filter((at) => at !== null);
  return all.length === 0 ? null : Math.min(...all);
}
