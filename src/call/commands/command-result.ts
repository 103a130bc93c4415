import type { AgentId, CallRecord, Refusal, Transfer } from "../types.ts";

/** What a command makes of a record: the record with the wish in it, or why not. */
export type CommandResult = { record: CallRecord; refusal: null } | { record: null; refusal: Refusal };

export function refuse(code: Refusal["code"], message: string): CommandResult {
  return { record: null, refusal: { code, message } };
}

export function grant(record: CallRecord): CommandResult {
  return { record, refusal: null };
}

export function notInCall(agent: AgentId): CommandResult {
  return refuse("not-in-call", `${agent} is not in this call.`);
}

export function openTransferOf(record: CallRecord): Transfer | undefined {
  return record.transfers.find((transfer) => transfer.outcome === null);
}

export function changeTransfer(record: CallRecord, changed: Transfer): CallRecord {
  const transfers = record.transfers.map((transfer) => (transfer.id === changed.id ? changed : transfer));
  return { ...record, transfers };
}
