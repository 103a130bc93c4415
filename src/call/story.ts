import { connectedAt, customerOf, dialledLegs, isPending, legOf, whyNotReached } from "./legs.ts";
import { MODES } from "./rules/modes.ts";
import { heldByTransfer } from "./rules/transfers.ts";
import {
  type CallRecord,
  CUSTOMER,
  type Dialled,
  type EndedBy,
  type FailureReason,
  type Label,
  type Leg,
  type Phase,
  type Time,
  type Transfer,
  type TransferFailure,
} from "./types.ts";

export type StoryEvent =
  | "customer-called"
  | "transfer-started"
  | "agent-dialled"
  | "agent-ringing"
  | "agent-joined"
  | "agent-not-reached"
  | "agent-left"
  | "transfer-completed"
  | "transfer-cancelled"
  | "transfer-failed"
  | "transfer-abandoned"
  | "customer-left"
  | "call-ended"
  | "message-left";

/** One event of a call. */
export interface StoryEntry {
  readonly at: Time;
  readonly event: StoryEvent;
  /** The leg that the event concerns; for a transfer, the target's. */
  readonly label: Label | null;
  /** The party at that leg; null for the customer's. */
  readonly party: Dialled | null;
  /** Why the agent did not join or the transfer failed; for an abandoned transfer or a customer who left, who ended the call. */
  readonly reason: FailureReason | TransferFailure | "cancelled" | EndedBy | null;
}

/** At the same time, events that end something come after all others. */
const LATE: readonly StoryEvent[] = [
  "agent-not-reached",
  "agent-left",
  "transfer-completed",
  "transfer-cancelled",
  "transfer-failed",
  "transfer-abandoned",
  "customer-left",
  "call-ended",
  "message-left",
];

const dialledParty = ({ party }: Leg): Dialled | null => (party.kind === "customer" ? null : party);

function legEntries(leg: Leg): StoryEntry[] {
  const about = { label: leg.label, party: dialledParty(leg), reason: null };
  const isReached = connectedAt(leg) !== null;
  const reason = whyNotReached(leg);
  const steps: [StoryEvent, Time | null, StoryEntry["reason"]][] = [
    ["agent-dialled", leg.dialledAt, null],
    ["agent-ringing", leg.ringingAt, null],
    ["agent-joined", leg.joinedAt, null],
    ["agent-left", isReached ? leg.leftAt : null, null],
    ["agent-not-reached", isReached || isPending(leg) ? null : leg.leftAt, reason],
  ];
  // Twilio's times are whole seconds and our dial's is not. A leg must never ring before its dial.
  let earliest = leg.dialledAt;
  return steps.flatMap(([event, at, why]) => {
    if (at === null) return [];
    earliest = Math.max(earliest, at);
    return [{ ...about, at: earliest, event, reason: why }];
  });
}

function transferEntries(
  { startedAt, outcome, endedAt }: Transfer,
  target: Leg,
  { endedBy }: CallRecord,
): StoryEntry[] {
  const about = { label: target.label, party: dialledParty(target) };
  const started: StoryEntry = { ...about, at: startedAt, event: "transfer-started", reason: null };
  if (outcome === null || endedAt === null) return [started];
  const whyNot = outcome.kind === "abandoned" ? endedBy : null;
  const reason = outcome.kind === "failed" ? outcome.reason : whyNot;
  const at = Math.max(startedAt, endedAt);
  return [started, { ...about, at, event: `transfer-${outcome.kind}`, reason }];
}

function customerEntries(record: CallRecord): StoryEntry[] {
  const about = { label: CUSTOMER, party: null, reason: null };
  const called: StoryEntry = { ...about, at: record.startedAt, event: "customer-called" };
  const leftAt = customerOf(record)?.leftAt ?? null;
  return leftAt === null
    ? [called]
    : [called, { ...about, at: leftAt, event: "customer-left", reason: record.endedBy }];
}

function endEntries({ endedAt, endedBy }: CallRecord): StoryEntry[] {
  if (endedAt === null) return [];
  return [{ at: endedAt, event: "call-ended", label: null, party: null, reason: endedBy }];
}

function messageEntries({ message }: CallRecord): StoryEntry[] {
  if (!message) return [];
  return [{ at: message.at, event: "message-left", label: CUSTOMER, party: null, reason: null }];
}

/** The events of a call in order of time. They come from the record alone, so that late news take their right place. */
export function storyOf(record: CallRecord): StoryEntry[] {
  const [called, ...left] = customerEntries(record);
  const legs = dialledLegs(record).map((leg) => {
    const transfer = record.transfers.find(({ target }) => target === leg.label);
    return (transfer ? transferEntries(transfer, leg, record) : []).concat(legEntries(leg));
  });
  const entries = [called, ...legs.flat(), ...left, ...endEntries(record), ...messageEntries(record)].filter(
    (entry) => entry !== undefined,
  );
  return entries.sort((a, b) => a.at - b.at || LATE.indexOf(a.event) - LATE.indexOf(b.event));
}

const OUTCOME = /^transfer-(completed|cancelled|failed|abandoned)$/;

/** Identifies an entry. A transfer has one outcome, whose kind may change with late news. */
function nameOf({ event, label }: StoryEntry): string {
  return `${OUTCOME.test(event) ? "outcome" : event} ${label ?? ""}`;
}

/** The entries that a change adds to the story. An entry with a corrected time or reason does not appear again. */
export function newStory(after: CallRecord, before: CallRecord | undefined): StoryEntry[] {
  const known = new Set(before ? storyOf(before).map(nameOf) : []);
  return storyOf(after).filter((entry) => !known.has(nameOf(entry)));
}

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
