import { isPresent, legOf, presentLegOf, replaceLeg } from "../leg.ts";
import type { AgentId, CallRecord, Time } from "../types.ts";
import {
  type CommandResult,
  changeTransfer,
  grant,
  notInCall,
  openTransferOf,
  refuse,
} from "./command-result.ts";

/** Takes a transfer back while its target still rings. */
export function cancelTransfer(record: CallRecord, by: AgentId | null, now: Time): CommandResult {
  if (by !== null && !presentLegOf(record, by)) return notInCall(by);
  const transfer = openTransferOf(record);
  if (!transfer) return refuse("no-transfer", "No transfer is under way.");
  const target = legOf(record, transfer.target);
  if (target && isPresent(target)) return refuse("already-joined", `${transfer.to} has already joined.`);
  const withoutTarget = replaceLeg(record, transfer.target, (leg) => ({ ...leg, dismissedAt: now }));
  return grant(changeTransfer(withoutTarget, { ...transfer, cancelledAt: now }));
}
