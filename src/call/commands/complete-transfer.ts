import { isPresent, legOf, presentLegOf, replaceLeg } from "../leg.ts";
import type { AgentId, CallRecord, Time } from "../types.ts";
import { type CommandResult, grant, notInCall, openTransferOf, refuse } from "./command-result.ts";

/** Hangs the starter's leg up, once the target is with the customer. Asking twice is asking once. */
export function completeTransfer(record: CallRecord, by: AgentId | null, now: Time): CommandResult {
  if (by !== null && !presentLegOf(record, by)) return notInCall(by);
  const transfer = openTransferOf(record);
  if (!transfer) return refuse("no-transfer", "No transfer is under way.");
  const target = legOf(record, transfer.target);
  if (!target || !isPresent(target) || transfer.starter === null)
    return refuse("target-not-joined", `${transfer.to} has not joined yet.`);
  return grant(
    replaceLeg(record, transfer.starter, (leg) => ({ ...leg, dismissedAt: leg.dismissedAt ?? now })),
  );
}
