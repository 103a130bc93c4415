import { connectedAt, legOf } from "./legs.ts";
import { MODES } from "./rules/modes.ts";
import { heldByTransfer } from "./rules/transfers.ts";
import { type CallRecord, CUSTOMER, type Phase, type Time, type Transfer } from "./types.ts";

/** A part of a transfer with one phase and one leg on hold. A briefing counts as ringing, because the target has not joined. */
export interface Stretch {
  readonly phase: Exclude<Phase, "briefing" | "ended">;
  readonly from: Time;
  /** Null while it goes on. */
  readonly until: Time | null;
  readonly isCustomerHeld: boolean;
}

/** When the target joined; null if it did not. An ended transfer has this time even if Twilio's join callback was lost. */
function joinTimeOf(record: CallRecord, transfer: Transfer): Time | null {
  const target = legOf(record, transfer.target);
  if (!target) return null;
  return transfer.outcome === null ? target.joinedAt : connectedAt(target);
}

/** When a consultation turns into a talk of all three, or we let its starter go. */
function togetherAt(record: CallRecord, transfer: Transfer): Time {
  if (MODES[transfer.mode].targetComes === "together") return -Infinity;
  const dismissedAt = legOf(record, transfer.starter)?.dismissedAt ?? Infinity;
  return Math.min(transfer.broughtTogetherAt ?? Infinity, dismissedAt);
}

/**
 * Splits a transfer into parts, in order, without gaps or empty parts. Twilio's times are whole seconds and ours are not, so each
 * time is clamped to the transfer: no part is negative.
 */
export function stretchesOf(record: CallRecord, transfer: Transfer): Stretch[] {
  const { startedAt, swappedAt = [] } = transfer;
  const end = Math.max(startedAt, transfer.endedAt ?? record.endedAt ?? Infinity);
  const within = (at: Time): Time => Math.min(end, Math.max(startedAt, at));
  const came = within(joinTimeOf(record, transfer) ?? end);
  const together = Math.max(came, within(togetherAt(record, transfer)));
  const swaps = swappedAt.map((at) => Math.min(together, Math.max(came, at)));
  const stretch = (phase: Stretch["phase"], from: Time, until: Time, swapsSoFar = 0) => ({
    phase,
    from,
    until: until === Infinity ? null : until,
    isCustomerHeld:
      heldByTransfer({ ...transfer, phase, swappedAt: swappedAt.slice(0, swapsSoFar) }) === CUSTOMER,
  });
  return [
    stretch("ringing", startedAt, came),
    ...[came, ...swaps].map((from, index) => stretch("consulting", from, swaps[index] ?? together, index)),
    stretch("together", together, end),
  ].filter(({ from, until }) => from < Infinity && from !== until);
}

/** How long each phase lasted, in milliseconds; 0 if there was none, or while it goes on. */
export type PhaseTimes = Readonly<Record<Stretch["phase"], number>>;

export function phaseTimesOf(record: CallRecord, transfer: Transfer): PhaseTimes {
  const times = { ringing: 0, consulting: 0, together: 0 };
  for (const { phase, from, until } of stretchesOf(record, transfer))
    if (until !== null) times[phase] += until - from;
  return times;
}
