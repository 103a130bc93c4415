import { customerOf, dialledLeg, dialledLegs, isOver } from "./leg.ts";
import type { AgentId, CallRecord, Policy, Time } from "./types.ts";

/** The customer has nobody, and nobody is being rung. */
export function isWaiting(record: CallRecord): boolean {
  if (record.endedAt !== null || customerOf(record) === undefined) return false;
  const transferIsOpen = record.transfers.some((transfer) => transfer.outcome === null);
  return !transferIsOpen && dialledLegs(record).every(isOver);
}

function nextAgent(record: CallRecord, policy: Policy, now: Time): AgentId | undefined {
  return policy.free.find((agent) => (record.passed[agent] ?? 0) <= now);
}

/** Rings the next free agent for a customer who waits. Returns the record as it was if there is none. */
export function dialNextAgent(record: CallRecord, policy: Policy, now: Time): CallRecord {
  const agent = isWaiting(record) ? nextAgent(record, policy, now) : undefined;
  if (agent === undefined) return record;
  return { ...record, legs: [...record.legs, dialledLeg(record, agent, "first", now)] };
}
