import { isStaying, presentLegOf, replaceLeg } from "../leg.ts";
import type { AgentId, CallRecord, Command, Policy, Time } from "../types.ts";
import { cancelTransfer } from "./cancel-transfer.ts";
import { changeParticipant } from "./change-participant.ts";
import { completeTransfer } from "./complete-transfer.ts";
import { type CommandResult, grant, notInCall, refuse } from "./command-result.ts";
import { startTransfer } from "./start-transfer.ts";

function endCall(record: CallRecord, by: AgentId | null, now: Time): CommandResult {
  const leg = by === null ? undefined : presentLegOf(record, by);
  if (by !== null && !(leg && isStaying(leg))) return notInCall(by);
  return grant({ ...record, endRequested: { at: now, by } });
}

function muteSelf(record: CallRecord, by: AgentId | null, mutedSelf: boolean): CommandResult {
  const leg = by === null ? undefined : presentLegOf(record, by);
  if (!leg) return notInCall(by);
  return grant(replaceLeg(record, leg.label, (changed) => ({ ...changed, mutedSelf })));
}

/** Writes a person's wish into the record, or says why it cannot be had. */
export function obey(record: CallRecord, command: Command, policy: Policy, now: Time): CommandResult {
  if (record.endedAt !== null) return refuse("call-ended", "The call has ended.");
  switch (command.kind) {
    case "start-transfer":
      return startTransfer(record, command, policy, now);
    case "complete-transfer":
      return completeTransfer(record, command.by, now);
    case "cancel-transfer":
      return cancelTransfer(record, command.by, now);
    case "end-call":
      return endCall(record, command.by, now);
    case "mute-self":
      return muteSelf(record, command.by, command.muted);
    case "change-participant":
      return changeParticipant(record, command, now);
  }
}
