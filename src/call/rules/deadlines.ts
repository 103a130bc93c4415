import { dialledLegs, isBriefed, isPending } from "../legs.ts";
import { headStartEnd, isWaiting } from "./waiting.ts";
import { needsAnother } from "./window-gone.ts";
import type { CallRecord, Leg, Time } from "../types.ts";
import type { Policy } from "../decision.ts";

/** How long, in ms, we wait for a callback that should have come: they are best effort, and may be lost. */
const CALLBACK_GRACE = 15_000;

/** How long, in ms, a leg that has left its conference may take until its call has ended too. */
const HANG_UP_GRACE = 5_000;

/**
 * How long, in ms, a leg that we have let go may go on before it is hung up once more, whatever its state: it may have been
 * answered at that moment. Long enough for the sentence that it then hears, and within the 5 s in which nobody may ring or
 * stay up for nothing.
 */
const INSIST_AFTER = 4_500;

/** How long, in ms, somebody may take to hear what a call is about, with a note read out, and to press a key. */
const BRIEFING = 120_000;

/** Since when we do not want a leg; null while it is wanted. */
function unwantedSince({ endedAt }: CallRecord, { dismissedAt, lostAt }: Leg): Time | null {
  const times = [endedAt, dismissedAt, lostAt].filter((at) => at !== null && at !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

/** When to hang a leg up once more; null when it has gone, was hung up twice already, or is to stay. */
export function insistAt(record: CallRecord, leg: Leg): Time | null {
  const since = unwantedSince(record, leg);
  if (since === null || leg.role === "customer" || leg.callSid === null) return null;
  return leg.told.hungUp === "insisted" || leg.state === "left" ? null : since + INSIST_AFTER;
}

/** When to stop believing in a leg of which Twilio tells nothing more. */
export function legDeadline(record: CallRecord, leg: Leg, policy: Policy): Time | null {
  if (leg.end !== null) return null;
  if (leg.leftAt !== null && (record.endedAt !== null || !isPending(leg))) return leg.leftAt + HANG_UP_GRACE;
  const since = unwantedSince(record, leg);
  if (since !== null) return since + CALLBACK_GRACE;
  if (!isPending(leg)) return null;
  if (isBriefed(leg)) return (leg.answeredAt ?? leg.dialledAt) + BRIEFING;
  return leg.dialledAt + policy.ringSeconds * 1000 + CALLBACK_GRACE;
}

/** When another agent may be rung: one who did not take the call, or any, after one whose line was lost. */
function nextRetry(record: CallRecord, policy: Policy, now: Time): Time | null {
  if (!isWaiting(record) && !needsAnother(record, policy)) return null;
  const times = [...Object.values(record.passed), headStartEnd(record, policy) ?? now].filter(
    (at) => at > now,
  );
  return times.length > 0 ? Math.min(...times) : null;
}

/** When to look again at what Twilio has not reported, or whether another agent may be rung; null: not at all. */
export function nextDeadline(record: CallRecord, policy: Policy, now: Time): Time | null {
  const legs = dialledLegs(record).map((leg) => legDeadline(record, leg, policy));
  const all = [...legs, nextRetry(record, policy, now)].filter((at) => at !== null);
  return all.length === 0 ? null : Math.min(...all);
}
