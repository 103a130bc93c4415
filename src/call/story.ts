import { agentOf, customerOf, dialledLegs, isPending, connectedAt } from "./legs.ts";
import type {
  AgentId,
  CallRecord,
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
  | "call-ended";

/** One thing that happened in a call. */
export interface StoryEntry {
  readonly at: Time;
  readonly event: StoryEvent;
  /** The leg it is about; a transfer's is the target's. */
  readonly label: Label | null;
  /** The agent of that leg. */
  readonly agent: AgentId | null;
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
];

function tellLeg(leg: Leg): StoryEntry[] {
  const about = { label: leg.label, agent: agentOf(leg), reason: null };
  const isReached = connectedAt(leg) !== null;
  const reason = leg.end?.answered === false ? leg.end.reason : null;
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
  { to, target, startedAt, outcome, endedAt }: Transfer,
  { endedBy }: CallRecord,
): StoryEntry[] {
  const about = { label: target, agent: to };
  const started: StoryEntry = { ...about, at: startedAt, event: "transfer-started", reason: null };
  if (outcome === null || endedAt === null) return [started];
  const whyNot = outcome.kind === "abandoned" ? endedBy : null;
  const reason = outcome.kind === "failed" ? outcome.reason : whyNot;
  const at = Math.max(startedAt, endedAt);
  return [started, { ...about, at, event: `transfer-${outcome.kind}`, reason }];
}

function tellCustomer(record: CallRecord): StoryEntry[] {
  const about = { label: CUSTOMER, agent: null, reason: null };
  const called: StoryEntry = { ...about, at: record.startedAt, event: "customer-called" };
  const leftAt = customerOf(record)?.leftAt ?? null;
  return leftAt === null
    ? [called]
    : [called, { ...about, at: leftAt, event: "customer-left", reason: record.endedBy }];
}

function tellEnd({ endedAt, endedBy }: CallRecord): StoryEntry[] {
  if (endedAt === null) return [];
  return [{ at: endedAt, event: "call-ended", label: null, agent: null, reason: endedBy }];
}

/** A call in words' order: what happened, by time. From the record alone, so that late news take their right place. */
export function storyOf(record: CallRecord): StoryEntry[] {
  const [called, ...left] = tellCustomer(record);
  const legs = dialledLegs(record).map((leg) => {
    const transfer = record.transfers.find(({ target }) => target === leg.label);
    return (transfer ? tellTransfer(transfer, record) : []).concat(tellLeg(leg));
  });
  const entries = [called, ...legs.flat(), ...left, ...tellEnd(record)].filter(
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
