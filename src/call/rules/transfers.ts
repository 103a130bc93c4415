import { legOf, connectedAt } from "../legs.ts";
import type { CallRecord, FailureReason, Leg, Outcome, Time, Transfer } from "../types.ts";

/** The transfer that has no outcome yet. */
export function openTransferOf(record: CallRecord): Transfer | undefined {
  return record.transfers.find((transfer) => transfer.outcome === null);
}

/** The record with one transfer changed, which is known by its id. */
export function changeTransfer(record: CallRecord, changed: Transfer): CallRecord {
  const transfers = record.transfers.map((transfer) => (transfer.id === changed.id ? changed : transfer));
  return { ...record, transfers };
}

type Closed = Pick<Transfer, "outcome" | "endedAt">;

const OPEN: Closed = { outcome: null, endedAt: null };

function closed(outcome: Outcome, endedAt: Time): Closed {
  return { outcome, endedAt };
}

/** Was somebody there for the customer before the call ended? In the same second, a leg that joined was. */
function cameInTime(target: Leg, endedAt: Time | null): boolean {
  const reached = connectedAt(target);
  if (reached === null || endedAt === null) return reached !== null;
  return target.joinedAt === null ? reached < endedAt : reached <= endedAt;
}

/** All three talk until one of them leaves; the transfer is completed then, from a transfer without a starter at once. */
function completedOf(record: CallRecord, transfer: Transfer, target: Leg): Closed {
  const reached = connectedAt(target) ?? target.dialledAt;
  if (transfer.starter === null) return closed({ kind: "completed" }, reached);
  const starterLeft = legOf(record, transfer.starter)?.leftAt;
  const leaves = [starterLeft, target.leftAt, record.endedAt].filter((at) => at !== null && at !== undefined);
  return leaves.length === 0 ? OPEN : closed({ kind: "completed" }, Math.max(reached, Math.min(...leaves)));
}

/**
 * Who picked up and hung up before coming in has met nobody. In the call's last second (Twilio's times have no finer) it is
 * the customer who has given up.
 */
function failureOf({ end, leftAt }: Leg, endedAt: Time | null): { reason: FailureReason; at: Time } | null {
  if (end === null || leftAt === null) return null;
  if (endedAt !== null && leftAt >= endedAt) return null;
  if (end.answered) return { reason: "no-answer", at: leftAt };
  // The echo of a hang-up that is not ours.
  if (end.reason === "cancelled") return endedAt === null ? { reason: "error", at: leftAt } : null;
  return { reason: end.reason, at: leftAt };
}

function notReached(record: CallRecord, target: Leg): Closed {
  const { endedAt } = record;
  const failure = failureOf(target, endedAt);
  if (failure) return closed({ kind: "failed", reason: failure.reason }, failure.at);
  if (endedAt === null) return OPEN;
  return closed({ kind: record.endRequested ? "cancelled" : "abandoned" }, endedAt);
}

/** What became of a transfer, from what is known now. Needs the record's `endedAt`. */
export function outcomeOf(record: CallRecord, transfer: Transfer): Closed {
  const target = legOf(record, transfer.target);
  if (transfer.cancelledAt !== null) return closed({ kind: "cancelled" }, transfer.cancelledAt);
  if (!target) return OPEN;
  return cameInTime(target, record.endedAt)
    ? completedOf(record, transfer, target)
    : notReached(record, target);
}
