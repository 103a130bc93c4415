import type { AgentId, CallRecord, Refusal, Transfer } from "../types.ts";

/** What a command makes of a record: the record with the wish in it, or why not. */
export type CommandResult = { record: CallRecord; refusal: null } | { record: null; refusal: Refusal };

/** A command that is refused, and why. */
export function refuse(code: Refusal["code"], message: string): CommandResult {
  return { record: null, refusal: { code, message } };
}

/** A command that is obeyed, with the wish in the record. */
export function grant(record: CallRecord): CommandResult {
  return { record, refusal: null };
}

/** The refusal for an agent who is not in the call. */
export function notInCall(agent: AgentId | null): CommandResult {
  return refuse("not-in-call", `${agent ?? "An operator"} is not in this call.`);
}

/** The refusal for a customer who still waits: nobody could transfer the call, and nobody would release the customer. */
export function noAgent(): CommandResult {
  return refuse("no-agent", "The customer is waiting: no agent is in this call.");
}

/** The transfer that has no outcome yet. */
export function openTransferOf(record: CallRecord): Transfer | undefined {
  return record.transfers.find((transfer) => transfer.outcome === null);
}

/** The record with one transfer changed, which is known by its id. */
export function changeTransfer(record: CallRecord, changed: Transfer): CallRecord {
  const transfers = record.transfers.map((transfer) => (transfer.id === changed.id ? changed : transfer));
  return { ...record, transfers };
}
