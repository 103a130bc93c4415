import { agentOf, dialledLeg, dialledLegs, isPresent, presentLegOf } from "../leg.ts";
import type { AgentId, CallRecord, Command, Leg, Policy, Time, Transfer, TransferId } from "../types.ts";
import { type CommandResult, grant, notInCall, openTransferOf, refuse } from "./command-result.ts";

type StartTransfer = Extract<Command, { kind: "start-transfer" }>;

function unreachable(to: AgentId, policy: Policy): CommandResult | undefined {
  if (policy.free.includes(to)) return undefined;
  if (!policy.agents.includes(to)) return refuse("target-unknown", `There is no agent ${to}.`);
  if (!policy.signedIn.includes(to)) return refuse("target-signed-out", `${to} is not ready for calls.`);
  return refuse("target-busy", `${to} is in a call.`);
}

/** A first agent who still rings would be rung for nothing: the target takes the customer. */
function withoutRinging(record: CallRecord, now: Time): readonly Leg[] {
  return record.legs.map((leg) =>
    leg.role === "first" && !isPresent(leg) && leg.state !== "left" ? { ...leg, dismissedAt: now } : leg,
  );
}

function begin(record: CallRecord, command: StartTransfer, starter: Leg | undefined, now: Time): CallRecord {
  const target = dialledLeg(record, command.to, "target", now);
  const transfer: Transfer = {
    id: String(record.transfers.length + 1) as TransferId,
    mode: command.mode,
    from: starter ? agentOf(starter) : null,
    to: command.to,
    starter: starter?.label ?? null,
    target: target.label,
    startedAt: now,
    cancelledAt: null,
    outcome: null,
    endedAt: null,
  };
  const legs = [...withoutRinging(record, now), target];
  return { ...record, legs, transfers: [...record.transfers, transfer] };
}

/** Present, and not about to be hung up: who starts a transfer is still there when the target comes. */
const isStaying = (leg: Leg): boolean => isPresent(leg) && leg.dismissedAt === undefined;

/** Brings another agent into the call. Asking twice for the same agent is asking once. */
export function startTransfer(
  record: CallRecord,
  command: StartTransfer,
  policy: Policy,
  now: Time,
): CommandResult {
  const { by, to } = command;
  const starter = by === null ? dialledLegs(record).find(isStaying) : presentLegOf(record, by);
  if (by !== null && !(starter && isStaying(starter))) return notInCall(by);
  if (by === to) return refuse("target-is-self", `${to} is the agent who transfers.`);
  const open = openTransferOf(record);
  if (open?.to === to) return grant(record);
  if (open) return refuse("transfer-open", `A transfer to ${open.to} is under way.`);
  return unreachable(to, policy) ?? grant(begin(record, command, starter, now));
}
