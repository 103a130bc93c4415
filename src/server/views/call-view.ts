import { legOf } from "../../call/legs.ts";
import { leavingOf } from "../../call/rules/ending.ts";
import { isSwapped } from "../../call/rules/transfers.ts";
import { phaseTimesOf, type StoryEntry, storyOf, stretchesOf } from "../../call/story.ts";
import type { CallRecord, Leg, Party, Transfer } from "../../call/types.ts";
import { maskAddress } from "../../mask.ts";
import { customerKindOf } from "../../twilio/addresses.ts";
import type {
  CallSummary,
  CallView,
  Customer,
  LegView,
  PhaseSeconds,
  StoryEntry as StoryEntryView,
  TransferView,
} from "../control-api.ts";

/** An agent's name by id. A removed agent keeps the last name; an unknown id is its own name. */
export type NameOf = (agent: string) => string;

/** The number is empty if it is withheld, or if the record has no customer's leg yet. */
export function customerView(call: CallRecord): Customer {
  const numbers = call.legs.map(({ party }) => (party.kind === "customer" ? party.number : ""));
  const customerNumber = numbers.join("");
  const customerKind = customerKindOf(customerNumber);
  return { customerKind, customerNumber: customerKind === "withheld" ? "" : customerNumber };
}

/** Agents see numbers, which they may have to call back. Other addresses name people, so they are masked. */
export function customerForAgent({ customerKind, customerNumber }: Customer): Customer {
  const isMasked = customerKind === "address";
  return { customerKind, customerNumber: isMasked ? maskAddress(customerNumber) : customerNumber };
}

export function callForAgent(view: CallView): CallView {
  if (view.customerKind !== "address") return view;
  const { customerNumber } = customerForAgent(view);
  const legs = view.legs.map((leg) => (leg.kind === "customer" ? { ...leg, name: customerNumber } : leg));
  return { ...view, customerNumber, legs };
}

/** When the leg entered its present state. */
function since(leg: Leg): number {
  if (leg.state === "left") return leg.leftAt ?? leg.dialledAt;
  if (leg.state === "joined") return leg.joinedAt ?? leg.dialledAt;
  return (leg.state === "ringing" ? leg.ringingAt : null) ?? leg.dialledAt;
}

/** The customer's number whole; an outside target's masked, because agents do not call it back. */
function nameOfParty(party: Party, nameOf: NameOf): string {
  switch (party.kind) {
    case "agent":
      return nameOf(party.agent);
    case "outside":
      return maskAddress(party.address);
    case "customer":
      return customerKindOf(party.number) === "withheld" ? "" : party.number;
  }
}

function legView(call: CallRecord, leg: Leg, nameOf: NameOf): LegView {
  const { party } = leg;
  return {
    label: leg.label,
    kind: party.kind,
    name: nameOfParty(party, nameOf),
    agent: party.kind === "agent" ? party.agent : null,
    state: leg.state,
    onHold: leg.onHold,
    muted: leg.muted,
    mutedSelf: leg.state === "joined" && leg.mutedSelf === true,
    leaving: leavingOf(call, leg),
    since: since(leg),
  };
}

export function phaseSeconds(call: CallRecord, transfer: Transfer): PhaseSeconds {
  const { ringing, consulting, together } = phaseTimesOf(call, transfer);
  return { ringing: ringing / 1000, consulting: consulting / 1000, together: together / 1000 };
}

/** The target of a transfer: an agent's name, or the number or address. */
export function nameOfTarget(call: CallRecord, { target, to }: Transfer, nameOf: NameOf): string {
  if (to !== null) return nameOf(to);
  const leg = legOf(call, target);
  return leg ? nameOfParty(leg.party, nameOf) : target;
}

/** When the transfer's phase began. */
function phaseSince(call: CallRecord, transfer: Transfer): number {
  const { phase, target, startedAt, endedAt } = transfer;
  if (endedAt !== null) return endedAt;
  if (phase === "briefing") return legOf(call, target)?.answeredAt ?? startedAt;
  return stretchesOf(call, transfer).find((stretch) => stretch.phase === phase)?.from ?? startedAt;
}

/** A transfer as the control API shows it. */
function transferView(call: CallRecord, transfer: Transfer, nameOf: NameOf): TransferView {
  const { id, from, to, target, mode, phase, note = null, startedAt, outcome, endedAt } = transfer;
  return {
    id,
    from,
    fromName: from === null ? null : nameOf(from),
    to,
    toName: nameOfTarget(call, transfer, nameOf),
    target,
    mode,
    phase,
    isSwapped: isSwapped(transfer),
    note,
    startedAt,
    endedAt,
    phaseSince: phaseSince(call, transfer),
    phaseSeconds: phaseSeconds(call, transfer),
    outcome: outcome?.kind ?? null,
    reason: outcome?.kind === "failed" ? outcome.reason : null,
  };
}

export function storyEntryView({ party, ...entry }: StoryEntry, nameOf: NameOf): StoryEntryView {
  return {
    ...entry,
    agent: party?.kind === "agent" ? party.agent : null,
    agentName: party && nameOfParty(party, nameOf),
  };
}

function stateOf(call: CallRecord): CallView["state"] {
  if (call.endedAt !== null) return "ended";
  if (call.transfers.some((transfer) => transfer.outcome === null)) return "transferring";
  const talking = call.legs.some((leg) => leg.party.kind !== "customer" && leg.state === "joined");
  return talking ? "talking" : "waiting";
}

export function callSummary(call: CallRecord, nameOf: NameOf): CallSummary {
  const transfer = call.transfers.at(-1);
  return {
    id: call.id,
    conferenceSid: call.conferenceSid,
    ...customerView(call),
    startedAt: call.startedAt,
    endedAt: call.endedAt,
    message: call.message ?? null,
    state: stateOf(call),
    legs: call.legs.filter((leg) => leg.state !== "left").map((leg) => legView(call, leg, nameOf)),
    transfer: transfer ? transferView(call, transfer, nameOf) : null,
  };
}

export function callView(call: CallRecord, nameOf: NameOf): CallView {
  return {
    ...callSummary(call, nameOf),
    transfers: call.transfers.map((transfer) => transferView(call, transfer, nameOf)),
    story: storyOf(call).map((entry) => storyEntryView(entry, nameOf)),
  };
}
