import { agentOf, connectedAt, customerOf, dialledLeg, dialledLegs, isOver } from "../legs.ts";
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

/** Until when only the agent whose line was lost may ring; -Infinity if there is none. */
export function headStartEnd(record: CallRecord, { grace }: Policy): Time {
  const lost = lastLostLeg(record);
  // A suspected agent's page has already had its time to come back.
  if (!lost || isSuspected(lost)) return -Infinity;
  const hasOtherRung = dialledLegs(record).some((leg) => leg !== lost && leg.dialledAt >= goneAt(lost));
  return hasOtherRung ? -Infinity : goneAt(lost) + Math.min(HEAD_START, grace);
}

type AfterFailureStep = Policy["afterFailure"]["cancelled"];

/** What the settings want after the last transfer; undefined if it brought the target in, or there was none. */
function stepAfterFailure({ transfers }: CallRecord, { afterFailure }: Policy): AfterFailureStep | undefined {
  const outcome = transfers.at(-1)?.outcome;
  if (outcome?.kind === "cancelled") return afterFailure.cancelled;
  if (outcome?.kind !== "failed" || outcome.reason === "target-left") return undefined;
  return afterFailure[outcome.reason];
}

/** The agent who knows the customer, because their line was lost or their transfer failed. */
function knownAgent(record: CallRecord, policy: Policy, now: Time): AgentId | null | undefined {
  const lost = lastLostLeg(record);
  if (lost && now < goneAt(lost) + policy.grace) return agentOf(lost);
  return stepAfterFailure(record, policy) === "return" ? record.transfers.at(-1)?.from : null;
}

function nextAgent(record: CallRecord, policy: Policy, now: Time): AgentId | undefined {
  const mayRing = policy.free.filter((agent) => (record.passed[agent] ?? 0) <= now);
  const known = knownAgent(record, policy, now);
  const first = mayRing.find((agent) => agent === known);
  return first ?? (now < headStartEnd(record, policy) ? undefined : mayRing[0]);
}

/** An agent talked to the customer after the last transfer had failed, and then the agent's line was lost. */
function isLostSince(record: CallRecord): boolean {
  const lost = lastLostLeg(record);
  return lost !== undefined && goneAt(lost) > (record.transfers.at(-1)?.endedAt ?? Infinity);
}

/** How the settings let a waiting customer go after the transfer that has just failed; null: not at all. */
function letGoStep(record: CallRecord, policy: Policy): "voicemail" | "hang-up" | null {
  const step = stepAfterFailure(record, policy);
  if ((step !== "voicemail" && step !== "hang-up") || isLostSince(record)) return null;
  return dialledLegs(record).at(-1)?.label === record.transfers.at(-1)?.target ? step : null;
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
    if (agent === null || leg.leftAt === null || connectedAt(leg) !== null) continue;
    passed[agent] = Math.max(passed[agent] ?? 0, leg.leftAt + policy.retryAfter);
  }
  return passed;
}
