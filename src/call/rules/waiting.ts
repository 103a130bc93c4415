import {
  agentOf,
  connectedAt,
  customerOf,
  dialledLeg,
  dialledLegs,
  isOver,
  isStaying,
  legOf,
} from "../legs.ts";
import type { AgentId, CallRecord, Leg, Time } from "../types.ts";
import type { Policy } from "../decision.ts";
import { openTransferOf } from "./transfers.ts";
import { isSuspected, isTalkInDoubt, needsAnother } from "./window-gone.ts";

/** The customer is there without an agent, and no agent is ringing. */
export function isWaiting(record: CallRecord): boolean {
  const customer = customerOf(record);
  if (record.endedAt !== null || record.conferenceEnd !== null) return false;
  if (customer === undefined || customer.state === "left") return false;
  return !openTransferOf(record) && dialledLegs(record).every(isOver);
}

/**
 * How long, in ms, only the agent whose line was lost may ring: reloading a page takes a few seconds, and the customer should talk
 * to an agent again within the grace period.
 */
const HEAD_START = 8_000;

const goneAt = ({ lostAt, leftAt }: Leg): Time => lostAt ?? leftAt ?? -Infinity;

/** The leg of the last agent who talked to the customer, if its line was lost. */
function lastLostLeg(record: CallRecord): Leg | undefined {
  const talked = dialledLegs(record).filter((leg) => connectedAt(leg) !== null);
  const last = talked.reduce<Leg | undefined>(
    (latest, leg) => (latest === undefined || goneAt(leg) >= goneAt(latest) ? leg : latest),
    undefined,
  );
  return last?.isLost === true ? last : undefined;
}

/** Until when only the agent whose line was lost may ring; null if others may, too. */
export function headStartEnd(record: CallRecord, { grace }: Policy): Time | null {
  const lost = lastLostLeg(record);
  // A suspected agent's page has already had its time to come back.
  if (!lost || isSuspected(lost)) return null;
  const hasOtherRung = dialledLegs(record).some((leg) => leg !== lost && leg.dialledAt >= goneAt(lost));
  return hasOtherRung ? null : goneAt(lost) + Math.min(HEAD_START, grace);
}

/** The agent who knows the customer, because their line was lost or their transfer failed. */
function knownAgent(record: CallRecord, { grace, afterFailure }: Policy, now: Time): AgentId | null {
  const lost = lastLostLeg(record);
  if (lost && now < goneAt(lost) + grace) return agentOf(lost);
  const last = record.transfers.at(-1);
  const reason = failureOf(record);
  return last && reason !== null && afterFailure[reason] === "return" ? last.from : null;
}

/** Why the last transfer brought no one in. */
function failureOf({ transfers }: CallRecord): keyof Policy["afterFailure"] | null {
  const outcome = transfers.at(-1)?.outcome;
  if (outcome?.kind === "cancelled") return "cancelled";
  return outcome?.kind === "failed" && outcome.reason !== "target-left" ? outcome.reason : null;
}

function nextAgent(record: CallRecord, policy: Policy, now: Time): AgentId | undefined {
  const mayRing = policy.free.filter((agent) => (record.passed[agent] ?? 0) <= now);
  const known = knownAgent(record, policy, now);
  const first = mayRing.find((agent) => agent === known);
  return first ?? (now < (headStartEnd(record, policy) ?? now) ? undefined : mayRing[0]);
}

/** How the settings let the customer go after the transfer that has just failed; null: not at all. */
function letGoStep(record: CallRecord, { afterFailure }: Policy): "voicemail" | "hang-up" | null {
  const [transfer, reason] = [record.transfers.at(-1), failureOf(record)];
  const step = reason === null ? null : afterFailure[reason];
  if (!transfer || (step !== "voicemail" && step !== "hang-up")) return null;
  const starter = legOf(record, transfer.starter);
  const isStarterGone = !starter || !isStaying(starter);
  return isStarterGone && dialledLegs(record).at(-1)?.label === transfer.target ? step : null;
}

/** The call could use an agent now. */
export const mayNeedAgent = (record: CallRecord): boolean => isWaiting(record) || isTalkInDoubt(record);

/**
 * Serves a waiting customer: rings the next free agent, or lets the customer go. If the settings say so, also rings an agent for a
 * customer whose own agent may be gone. Returns the same record if there is nothing to do.
 */
export function serveWaiting(record: CallRecord, policy: Policy, now: Time): CallRecord {
  if (!isWaiting(record) && !needsAnother(record, policy)) return record;
  const end = isWaiting(record) ? letGoStep(record, policy) : null;
  if (end !== null) {
    const takesMessage = end === "voicemail" ? { takesMessage: true } : {};
    return { ...record, endRequested: { at: now, by: null, noAgent: true, ...takesMessage } };
  }
  const agent = nextAgent(record, policy, now);
  if (agent === undefined) return record;
  return { ...record, legs: [...record.legs, dialledLeg(record, { kind: "agent", agent }, "first", now)] };
}

/** Agents who rang without taking the call, with the time from which they may ring again. */
export function passedOf(record: CallRecord, policy: Policy): CallRecord["passed"] {
  const passed: Record<string, Time> = {};
  for (const leg of dialledLegs(record)) {
    const agent = agentOf(leg);
    if (agent === null || leg.leftAt === null || leg.end === null || connectedAt(leg) !== null) continue;
    passed[agent] = Math.max(passed[agent] ?? 0, leg.leftAt + policy.retryAfter);
  }
  return passed;
}
