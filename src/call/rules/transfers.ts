import { connectedAt, isBriefed, isPresent, isStaying, legOf, secondOf, whyNotReached } from "../legs.ts";
import {
  type CallRecord,
  CUSTOMER,
  type FailureReason,
  type Label,
  type Leg,
  type Outcome,
  type Phase,
  type Time,
  type Transfer,
} from "../types.ts";
import { MODES } from "./modes.ts";

/** The transfer that has no outcome yet. */
export function openTransferOf(record: CallRecord): Transfer | undefined {
  return record.transfers.find((transfer) => transfer.outcome === null);
}

/** Replaces the transfer with the same id. */
export function changeTransfer(record: CallRecord, changed: Transfer): CallRecord {
  const transfers = record.transfers.map((transfer) => (transfer.id === changed.id ? changed : transfer));
  return { ...record, transfers };
}

/** The target has joined the conference, whatever happened afterwards. */
export function hasCome({ phase }: Pick<Transfer, "phase">): boolean {
  return phase !== "ringing" && phase !== "briefing";
}

type Closed = Pick<Transfer, "outcome" | "endedAt">;

const OPEN: Closed = { outcome: null, endedAt: null };

function closed(outcome: Outcome, endedAt: Time): Closed {
  return { outcome, endedAt };
}

/** The end of the call ended the transfer. */
function closedWithCall({ endRequested }: CallRecord, at: Time): Closed {
  return closed({ kind: endRequested ? "cancelled" : "abandoned" }, at);
}

/** When the target reached the customer before the call ended. In the same second, a leg that joined did. */
function cameAt(target: Leg, endedAt: Time | null): Time | null {
  const connected = connectedAt(target);
  if (connected === null || endedAt === null) return connected;
  const isInTime = target.joinedAt === null ? connected < endedAt : connected <= endedAt;
  return isInTime ? connected : null;
}

/**
 * When a leg left or was hung up while the call went on; null if it did not, or if it left with the call's end. Twilio's times are
 * whole seconds: in the last second, only the reason shows who left first.
 */
export function leftByItselfAt(
  { leftAt, leftBecause, dismissedAt }: Leg,
  { endedAt }: CallRecord,
): Time | null {
  if (leftAt === null || dismissedAt !== undefined) return leftAt;
  if (leftBecause === "conference-ended") return null;
  if (endedAt === null || leftBecause !== null) return leftAt;
  return secondOf(leftAt) < secondOf(endedAt) ? leftAt : null;
}

/** The first to leave decides: the starter completes the transfer, the target fails it, the customer abandons it. */
function outcomeOfJoined(record: CallRecord, { starter }: Transfer, target: Leg, joined: Time): Closed {
  const starterLeg = legOf(record, starter);
  // Records of 0.1.0 have transfers without a starter.
  const starterLeft = starterLeg ? leftByItselfAt(starterLeg, record) : joined;
  const targetLeft = leftByItselfAt(target, record);
  const { endedAt } = record;
  const first = Math.min(...[starterLeft, targetLeft, endedAt].filter((at) => at !== null));
  if (first === Infinity) return OPEN;
  const at = Math.max(joined, first);
  if (starterLeft !== null && starterLeft <= first) return closed({ kind: "completed" }, at);
  if (targetLeft !== null && targetLeft <= first)
    return closed({ kind: "failed", reason: "target-left" }, at);
  return closedWithCall(record, at);
}

/** The setting `afterFailure` ended the call. The target's failure came first, perhaps in the same millisecond. */
const endsForFailure = ({ endRequested, endedAt }: CallRecord): boolean =>
  endRequested?.noAgent === true && endRequested.at === endedAt;

/**
 * Why the target did not join, and when that became certain. In the call's last second the customer counts as having given up,
 * because Twilio's times are no finer.
 */
function failureOf(leg: Leg, record: CallRecord): { reason: FailureReason; at: Time } | null {
  const { end, leftAt } = leg;
  const { endedAt } = record;
  const reason = whyNotReached(leg);
  if (end === null || leftAt === null) return null;
  if (endedAt !== null && (leftAt > endedAt || (leftAt === endedAt && !endsForFailure(record)))) return null;
  // Twilio echoes a hang-up that is not ours.
  if (reason === "cancelled") return endedAt === null ? { reason: "error", at: leftAt } : null;
  return { reason, at: leftAt };
}

function notReached(record: CallRecord, target: Leg): Closed {
  const { endedAt } = record;
  const failure = failureOf(target, record);
  if (failure) return closed({ kind: "failed", reason: failure.reason }, failure.at);
  if (endedAt === null) return OPEN;
  return closedWithCall(record, endedAt);
}

/** The outcome of a transfer, by what is known now. Needs the record's `endedAt`. */
function outcomeOf(record: CallRecord, transfer: Transfer): Closed {
  const target = legOf(record, transfer.target);
  if (transfer.cancelledAt !== null) return closed({ kind: "cancelled" }, transfer.cancelledAt);
  if (!target) return OPEN;
  const joined = cameAt(target, record.endedAt);
  return joined === null ? notReached(record, target) : outcomeOfJoined(record, transfer, target, joined);
}

function phaseOf(record: CallRecord, transfer: Transfer, outcome: Outcome | null): Phase {
  if (outcome !== null) return "ended";
  const target = legOf(record, transfer.target);
  if (!target || !isPresent(target)) return target && isBriefed(target) ? "briefing" : "ringing";
  const starter = legOf(record, transfer.starter);
  const isConsulting = starter && isStaying(starter) && transfer.broughtTogetherAt === undefined;
  return isConsulting ? MODES[transfer.mode].targetComes : "together";
}

/** The transfer with its phase and outcome. Needs the record's `endedAt`. */
export function settleTransfer(record: CallRecord, transfer: Transfer): Transfer {
  const closed = outcomeOf(record, transfer);
  return { ...transfer, ...closed, phase: phaseOf(record, transfer, closed.outcome) };
}

/** In a consultation: the starter talks to the customer, and the target is on hold. */
export function isSwapped({ swappedAt = [] }: Pick<Transfer, "swappedAt">): boolean {
  return swappedAt.length % 2 === 1;
}

/** The leg that a transfer wants on hold. */
export function heldByTransfer(
  transfer: Pick<Transfer, "mode" | "phase" | "swappedAt" | "target">,
): Label | null {
  const { mode, target } = transfer;
  if (transfer.phase === "consulting") return isSwapped(transfer) ? target : CUSTOMER;
  return !hasCome(transfer) && MODES[mode].customer === "on-hold" ? CUSTOMER : null;
}
