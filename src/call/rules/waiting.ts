import { agentOf, customerOf, dialledLeg, dialledLegs, isOver, connectedAt } from "../legs.ts";
import type { AgentId, CallRecord, Time } from "../types.ts";
import type { Policy } from "../decision.ts";
import { openTransferOf } from "./transfers.ts";

/** The customer has nobody, and nobody is being rung. */
export function isWaiting(record: CallRecord): boolean {
  if (record.endedAt !== null || customerOf(record) === undefined) return false;
  return !openTransferOf(record) && dialledLegs(record).every(isOver);
}

function nextAgent(record: CallRecord, policy: Policy, now: Time): AgentId | undefined {
  const mayRing = policy.free.filter((agent) => (record.passed[agent] ?? 0) <= now);
  // The agent whose transfer failed knows the customer.
  const last = record.transfers.at(-1);
  const starter = last?.outcome?.kind === "completed" ? null : last?.from;
  return mayRing.find((agent) => agent === starter) ?? mayRing[0];
}

/** Rings the next free agent for a customer who waits. Returns the record as it was if there is none. */
export function dialNextAgent(record: CallRecord, policy: Policy, now: Time): CallRecord {
  const agent = isWaiting(record) ? nextAgent(record, policy, now) : undefined;
  if (agent === undefined) return record;
  return { ...record, legs: [...record.legs, dialledLeg(record, agent, "first", now)] };
}

/** Agents who were rung and did not take the call are left alone for a while. */
export function passedOf(record: CallRecord, policy: Policy): CallRecord["passed"] {
  const passed: Record<string, Time> = {};
  for (const leg of dialledLegs(record)) {
    const agent = agentOf(leg);
    if (agent === null || leg.leftAt === null || leg.end === null || connectedAt(leg) !== null) continue;
    passed[agent] = Math.max(passed[agent] ?? 0, leg.leftAt + policy.retryAfter);
  }
  return passed;
}
