import {
  agentOf,
  customerOf,
  dialledLeg,
  dialledLegs,
  isPresent,
  isStaying,
  legOf,
  presentLegOf,
  replaceLeg,
} from "../legs.ts";
import type { Command, ParticipantChange, TransferChange } from "../inputs.ts";
import type { AgentId, CallRecord, Leg, Time, Transfer, TransferId } from "../types.ts";
import type { Policy, Refusal } from "../decision.ts";
import { leavingOf } from "./ending.ts";
import { MODES } from "./modes.ts";
import { changeTransfer, hasCome, openTransferOf } from "./transfers.ts";

/** The record with the request in it, or the refusal. */
export type CommandResult = { record: CallRecord; refusal: null } | { record: null; refusal: Refusal };

function refuse(code: Refusal["code"], message: string): CommandResult {
  return { record: null, refusal: { code, message } };
}

function grant(record: CallRecord): CommandResult {
  return { record, refusal: null };
}

function notInCall(agent: AgentId | null): CommandResult {
  return refuse("not-in-call", `${agent ?? "An operator"} is not in this call.`);
}

/** While the customer waits, there is no agent who could transfer the call or take the customer off hold. */
function noAgent(): CommandResult {
  return refuse("no-agent", "The customer is waiting: no agent is in this call.");
}

type StartTransfer = Extract<Command, { kind: "start-transfer" }>;

function refusedTarget(to: StartTransfer["to"], policy: Policy): CommandResult | undefined {
  if (typeof to !== "string") return undefined;
  if (policy.free.includes(to)) return undefined;
  if (!policy.agents.includes(to)) return refuse("target-unknown", `There is no agent ${to}.`);
  if (!policy.signedIn.includes(to)) return refuse("target-signed-out", `${to} is not ready for calls.`);
  return refuse("target-busy", `${to} is in a call.`);
}

function withTransfer(record: CallRecord, command: StartTransfer, starter: Leg, now: Time): CallRecord {
  const { to } = command;
  const party = typeof to === "string" ? ({ kind: "agent", agent: to } as const) : to;
  const target = dialledLeg(record, party, "target", now);
  const transfer: Transfer = {
    id: String(record.transfers.length + 1) as TransferId,
    mode: command.mode,
    from: agentOf(starter),
    to: agentOf(target),
    starter: starter.label,
    target: target.label,
    startedAt: now,
    cancelledAt: null,
    ...(command.note === undefined ? {} : { note: command.note }),
    phase: "ringing",
    outcome: null,
    endedAt: null,
  };
  const started = { ...record, legs: [...record.legs, target], transfers: [...record.transfers, transfer] };
  if (MODES[command.mode].starter === "stays") return started;
  return replaceLeg(started, starter.label, (leg) => ({ ...leg, dismissedAt: now }));
}

/** The target's name in a refusal. */
const nameOfTarget = ({ to, target }: Transfer): string => to ?? target;

/** Repeating the request for the same target changes nothing. */
function alreadyOpen(record: CallRecord, open: Transfer, to: StartTransfer["to"]): CommandResult {
  const party = legOf(record, open.target)?.party;
  const isSame =
    typeof to === "string" ? open.to === to : party?.kind === "outside" && party.address === to.address;
  if (isSame) return grant(record);
  return refuse("transfer-open", `A transfer to ${nameOfTarget(open)} is under way.`);
}

/** Brings an agent or an outside party into the call. */
function startTransfer(record: CallRecord, command: StartTransfer, policy: Policy, now: Time): CommandResult {
  const { by, to } = command;
  const open = openTransferOf(record);
  if (by === null && open) return alreadyOpen(record, open, to);
  const starter = by === null ? dialledLegs(record).find(isStaying) : presentLegOf(record, by);
  if (!starter || !isStaying(starter)) return by === null ? noAgent() : notInCall(by);
  if (by === to) return refuse("target-is-self", `${by} is the agent who transfers.`);
  if (open) return alreadyOpen(record, open, to);
  return refusedTarget(to, policy) ?? grant(withTransfer(record, command, starter, now));
}

type ChangeTransfer = Extract<Command, { kind: TransferChange }>;

const targetNotJoined = (transfer: Transfer): CommandResult =>
  refuse("target-not-joined", `${nameOfTarget(transfer)} has not joined yet.`);

/** Lets the starter go: the customer and the target talk. A second request changes nothing. */
function completeTransfer(record: CallRecord, transfer: Transfer, now: Time): CommandResult {
  const { starter } = transfer;
  if (!hasCome(transfer) || starter === null) return targetNotJoined(transfer);
  return grant(replaceLeg(record, starter, (leg) => ({ ...leg, dismissedAt: leg.dismissedAt ?? now })));
}

/** Lets the target go, in any phase: the customer talks to the starter again. */
function cancelTransfer(record: CallRecord, transfer: Transfer, now: Time): CommandResult {
  const starter = legOf(record, transfer.starter);
  if (hasCome(transfer) && !(starter && isStaying(starter)))
    return refuse("completing", `${nameOfTarget(transfer)} is taking the call over.`);
  const withoutTarget = replaceLeg(record, transfer.target, (leg) => ({ ...leg, dismissedAt: now }));
  return grant(changeTransfer(withoutTarget, { ...transfer, cancelledAt: now }));
}

/** Swaps who is on hold, or brings all three together. Only a consultation allows either. */
function changeConsultation(
  record: CallRecord,
  transfer: Transfer,
  change: "bring-together" | "swap-transfer",
  now: Time,
): CommandResult {
  const { mode, phase, swappedAt = [] } = transfer;
  if (mode === "consult" && !hasCome(transfer)) return targetNotJoined(transfer);
  if (change === "bring-together" && phase === "together") return grant(record);
  if (phase !== "consulting")
    return refuse("no-consultation", "The customer is not on hold for a consultation.");
  const changed =
    change === "swap-transfer" ? { swappedAt: [...swappedAt, now] } : { broughtTogetherAt: now };
  return grant(changeTransfer(record, { ...transfer, ...changed }));
}

function applyToTransfer(record: CallRecord, { kind, by }: ChangeTransfer, now: Time): CommandResult {
  if (by !== null && !presentLegOf(record, by)) return notInCall(by);
  const transfer = openTransferOf(record);
  if (!transfer) return refuse("no-transfer", "No transfer is under way.");
  switch (kind) {
    case "complete-transfer":
      return completeTransfer(record, transfer, now);
    case "cancel-transfer":
      return cancelTransfer(record, transfer, now);
    default:
      return changeConsultation(record, transfer, kind, now);
  }
}

type ChangeParticipant = Extract<Command, { kind: "change-participant" }>;

const nameOf = (leg: Leg): string => (leg.role === "customer" ? "The customer" : (agentOf(leg) ?? leg.label));

function refusedAbsent(record: CallRecord, leg: Leg): CommandResult {
  if (leg.state === "left") return refuse("not-joined", `${nameOf(leg)} has left the conference.`);
  const isTarget = openTransferOf(record)?.target === leg.label;
  const way = isTarget ? ": cancel the transfer to stop the ringing" : "";
  return refuse("not-joined", `${nameOf(leg)} is not in the conference yet${way}.`);
}

/** Changes that silence the customer until an agent in the call reverses them. */
const SILENCING: ReadonlySet<ParticipantChange> = new Set(["hold", "mute"]);

const hasAgent = (record: CallRecord): boolean => dialledLegs(record).some(isStaying);

/** Removing the target of an open transfer cancels it. */
function cancelledWithTarget(record: CallRecord, label: Leg["label"], now: Time): CallRecord {
  const open = openTransferOf(record);
  return open?.target === label ? changeTransfer(record, { ...open, cancelledAt: now }) : record;
}

/** Refuses to remove the customer or the only agent: that would end the call, which is another command. */
function removeParticipant(record: CallRecord, leg: Leg, now: Time): CommandResult {
  if (leg === customerOf(record)) return refuse("is-customer", "Without the customer there is no call.");
  if (leg.dismissedAt !== undefined) return grant(record);
  const others = dialledLegs(record).filter((other) => other !== leg && isStaying(other));
  if (others.length === 0) return refuse("last-agent", `${nameOf(leg)} is the only agent in this call.`);
  const without = replaceLeg(record, leg.label, (removed) => ({ ...removed, dismissedAt: now }));
  return grant(cancelledWithTarget(without, leg.label, now));
}

/**
 * Holds, unholds, mutes, unmutes or removes a participant. A second request changes nothing. Removing the starter of a transfer
 * completes it; removing its target cancels it.
 */
function changeParticipant(
  record: CallRecord,
  { by = null, label, change }: ChangeParticipant,
  now: Time,
): CommandResult {
  if (by !== null && !presentLegOf(record, by)) return notInCall(by);
  const leg = legOf(record, label);
  if (!leg) {
    const here = record.legs.filter(isPresent).map((present) => present.label);
    const known = here.length === 0 ? "nobody is in it" : `in it are ${here.join(", ")}`;
    return refuse("no-such-participant", `There is no participant ${label} in this call: ${known}.`);
  }
  if (!isPresent(leg)) return refusedAbsent(record, leg);
  if (change === "remove") return removeParticipant(record, leg, now);
  if (leg.dismissedAt !== undefined) return refuse("not-joined", `${nameOf(leg)} is leaving the conference.`);
  if (leg === customerOf(record) && SILENCING.has(change) && !hasAgent(record)) return noAgent();
  const request =
    change === "hold" || change === "unhold"
      ? { holdWanted: change === "hold" }
      : { muted: change === "mute" };
  return grant(replaceLeg(record, label, (changed) => ({ ...changed, ...request })));
}

function endCall(record: CallRecord, by: AgentId | null, now: Time): CommandResult {
  const leg = presentLegOf(record, by);
  if (by !== null && !(leg && isStaying(leg))) return notInCall(by);
  return grant({ ...record, endRequested: { at: now, by } });
}

/** Lets an agent leave. The line of an agent who leaves without this command was lost. A second request changes nothing. */
function leave(record: CallRecord, by: AgentId | null, now: Time): CommandResult {
  const leg = presentLegOf(record, by);
  if (!leg) return notInCall(by);
  if (leg.dismissedAt !== undefined) return grant(record);
  if (leavingOf(record, leg) === "ends-call")
    return refuse("last-agent", `${nameOf(leg)} is the only agent in this call.`);
  const goodbye = { dismissedAt: now, hangsUpItself: true };
  return grant(replaceLeg(record, leg.label, (left) => ({ ...left, ...goodbye })));
}

function muteSelf(record: CallRecord, by: AgentId | null, mutedSelf: boolean): CommandResult {
  const leg = presentLegOf(record, by);
  if (!leg) return notInCall(by);
  return grant(replaceLeg(record, leg.label, (changed) => ({ ...changed, mutedSelf })));
}

/** Writes a person's request into the record, or refuses it. */
export function applyCommand(record: CallRecord, command: Command, policy: Policy, now: Time): CommandResult {
  if (record.endedAt !== null) return refuse("call-ended", "The call has ended.");
  switch (command.kind) {
    case "start-transfer":
      return startTransfer(record, command, policy, now);
    case "complete-transfer":
    case "cancel-transfer":
    case "bring-together":
    case "swap-transfer":
      return applyToTransfer(record, command, now);
    case "leave":
      return leave(record, command.by, now);
    case "end-call":
      return endCall(record, command.by, now);
    case "mute-self":
      return muteSelf(record, command.by, command.muted);
    case "change-participant":
      return changeParticipant(record, command, now);
  }
}
