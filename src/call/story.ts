import { connectedAt, customerOf, dialledLegs, isPending, whyNotReached } from "./legs.ts";
import type {
  CallRecord,
  Dialled,
  EndedBy,
  FailureReason,
  Label,
  Leg,
  Time,
  Transfer,
  TransferFailure,
} from "./types.ts";
import { CUSTOMER } from "./types.ts";

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

/** One thing that happened in a call. */
export interface StoryEntry {
  readonly at: Time;
  readonly event: StoryEvent;
  /** The leg it is about; a transfer's is the target's. */
  readonly label: Label | null;
  /** Who is at that leg; null for the customer's. */
  readonly party: Dialled | null;
  /** Why an agent was not reached or a transfer failed; who ended the call with which the customer or a transfer went. */
  readonly reason: FailureReason | TransferFailure | "cancelled" | EndedBy | null;
}

/** What ends something comes after everything else of the same time. */
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

function tellLeg(leg: Leg): StoryEntry[] {
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
  // Twilio's times are whole seconds, our dial is not: a leg never rings before it was dialled.
  let earliest = leg.dialledAt;
  return steps.flatMap(([event, told, why]) => {
    if (told === null) return [];
    earliest = Math.max(earliest, told);
    return [{ ...about, at: earliest, event, reason: why }];
  });
}

function tellTransfer(
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

function tellCustomer(record: CallRecord): StoryEntry[] {
  const about = { label: CUSTOMER, party: null, reason: null };
  const called: StoryEntry = { ...about, at: record.startedAt, event: "customer-called" };
  const leftAt = customerOf(record)?.leftAt ?? null;
  return leftAt === null
    ? [called]
    : [called, { ...about, at: leftAt, event: "customer-left", reason: record.endedBy }];
}

function tellEnd({ endedAt, endedBy }: CallRecord): StoryEntry[] {
  if (endedAt === null) return [];
  return [{ at: endedAt, event: "call-ended", label: null, party: null, reason: endedBy }];
}

function tellMessage({ message }: CallRecord): StoryEntry[] {
  if (!message) return [];
  return [{ at: message.at, event: "message-left", label: CUSTOMER, party: null, reason: null }];
}

/** A call in words' order: what happened, by time. From the record alone, so that late news take their right place. */
export function storyOf(record: CallRecord): StoryEntry[] {
  const [called, ...left] = tellCustomer(record);
  const legs = dialledLegs(record).map((leg) => {
    const transfer = record.transfers.find(({ target }) => target === leg.label);
    return (transfer ? tellTransfer(transfer, leg, record) : []).concat(tellLeg(leg));
  });
  const entries = [called, ...legs.flat(), ...left, ...tellEnd(record), ...tellMessage(record)].filter(
    (entry) => entry !== undefined,
  );
  return entries.sort((a, b) => a.at - b.at || LATE.indexOf(a.event) - LATE.indexOf(b.event));
}

const OUTCOME = /^transfer-(completed|cancelled|failed|abandoned)$/;

/** What an entry is about: a transfer has one outcome, of which late news may tell more. */
function nameOf({ event, label }: StoryEntry): string {
  return `${OUTCOME.test(event) ? "outcome" : event} ${label ?? ""}`;
}

/** What the story of a call has gained by a change. An entry whose time or reason became clearer is not told again. */
export function newStory(after: CallRecord, before: CallRecord | undefined): StoryEntry[] {
  const told = new Set(before ? storyOf(before).map(nameOf) : []);
  return storyOf(after).filter((entry) => !told.has(nameOf(entry)));
}
