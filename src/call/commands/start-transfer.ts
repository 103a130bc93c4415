import { agentOf, dialledLeg, dialledLegs, isStaying, presentLegOf } from "../leg.ts";
import type { AgentId, CallRecord, Command, Leg, Policy, Time, Transfer, TransferId } from "../types.ts";
import { type CommandResult, grant, noAgent, notInCall, openTransferOf, refuse } from "./command-result.ts";

type StartTransfer = Extract<Command, { kind: "start-transfer" }>;

function unreachable(to: AgentId, policy: Policy): CommandResult | undefined {
  if (policy.free.includes(to)) return undefined;
  if (!policy.agents.includes(to)) return refuse("target-unknown", `There is no agent ${to}.`);
  if (!policy.signedIn.includes(to)) return refuse("target-signed-out", `${to} is not ready for calls.`);
  return refuse("target-busy", `${to} is in a call.`);
}

function begin(record: CallRecord, command: StartTransfer, starter: Leg, now: Time): CallRecord {
  const target = dialledLeg(record, command.to, "target", now);
  const transfer: Transfer = {
    id: String(record.transfers.length + 1) as TransferId,
    mode: command.mode,
    from: agentOf(starter),
    to: command.to,
    starter: starter.label,
    target: target.label,
    startedAt: now,
    cancelledAt: null,
    outcome: null,
    endedAt: null,
  };
  return { ...record, legs: [...record.legs, target], transfers: [...record.transfers, transfer] };
}

const transferOpen = ({ to }: Transfer): CommandResult =>
  refuse("transfer-open", `A transfer to ${to} is under way.`);

/** Brings another agent into the call. Repeating the request for the same agent changes nothing. */
export function startTransfer(
  record: CallRecord,
  command: StartTransfer,
  policy: Policy,
  now: Time,
): CommandResult {
  const { by, to } = command;
  const open = openTransferOf(record);
  if (by === null && open) return open.to === to ? grant(record) : transferOpen(open);
  const starter = by === null ? dialledLegs(record).find(isStaying) : presentLegOf(record, by);
  if (!starter || !isStaying(starter)) return by === null ? noAgent() : notInCall(by);
  if (by === to) return refuse("target-is-self", `${to} is the agent who transfers.`);
  if (open) return open.to === to ? grant(record) : transferOpen(open);
  return unreachable(to, policy) ?? grant(begin(record, command, starter, now));
}
