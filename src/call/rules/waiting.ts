import type { Policy } from "../decision.ts";
import type { Fact } from "../inputs.ts";
import {
  agentOf,
  connectedAt,
  customerOf,
  dialledLeg,
  dialledLegs,
  isBriefed,
  isOver,
  isPending,
  isPresent,
  isStaying,
} from "../legs.ts";
import type { AgentId, CallRecord, Leg, Time } from "../types.ts";
import { openTransferOf } from "./transfers.ts";

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
function headStartEnd(record: CallRecord, { grace }: Policy): Time {
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

/** The agent's page is gone, and Twilio still shows the line. Sound bypasses the page's socket, so the line may live. */
export function isSuspected({ windowGoneAt, windowBackAt }: Leg): boolean {
  return windowGoneAt !== undefined && windowGoneAt > (windowBackAt ?? -Infinity);
}

/** Every agent who talks to the customer may have lost the line. A customer on hold hears music, so that talk is never in doubt. */
export function isTalkInDoubt(record: CallRecord): boolean {
  const customer = customerOf(record);
  if (record.endedAt !== null || record.conferenceEnd !== null || !customer) return false;
  const agents = dialledLegs(record).filter(isStaying);
  return isPresent(customer) && !customer.onHold && agents.length > 0 && agents.every(isSuspected);
}

/** The talk is in doubt, no other agent rings, and the setting wants another agent in the conference at once. */
function needsAnother(record: CallRecord, { whenWindowGone }: Policy): boolean {
  if (whenWindowGone !== "ring-another" || openTransferOf(record) || !isTalkInDoubt(record)) return false;
  return dialledLegs(record).every((leg) => isPresent(leg) || isOver(leg));
}

/** The suspicion was wrong: stops ringing other agents for a customer who has one. */
export function dismissOthers(record: CallRecord, { at }: Fact): CallRecord {
  const legs = record.legs.map((leg) =>
    leg.role === "first" && !isPresent(leg) && !isOver(leg) ? { ...leg, dismissedAt: at } : leg,
  );
  return dialledLegs(record).some(isStaying) ? { ...record, legs } : record;
}

/** How long, in ms, we wait for an overdue callback. Twilio sends callbacks best effort, so one may be lost. */
const CALLBACK_GRACE = 15_000;

/** How long, in ms, the call of a leg may outlast the leg's leaving of the conference. */
const HANG_UP_GRACE = 5_000;

/**
 * How long, in ms, we wait before we hang a dismissed leg up a second time, whatever its state: the first time, the party may just
 * have answered. The wait leaves time for the closing sentence, and ends before the 5 s after which no phone may ring for nothing.
 */
const INSIST_AFTER = 4_500;

/** How long, in ms, an outside party may take to hear the briefing with its note and to press a key. */
const BRIEFING = 120_000;

/** Since when we no longer want a leg; null while we want it. */
function unwantedSince({ endedAt }: CallRecord, { dismissedAt, lostAt }: Leg): Time | null {
  const times = [endedAt, dismissedAt, lostAt].filter((at) => at !== null && at !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

/** When to hang a leg up once more; null if it has left, may stay, or was hung up twice already. */
export function insistAt(record: CallRecord, leg: Leg): Time | null {
  const since = unwantedSince(record, leg);
  if (since === null || leg.role === "customer" || leg.callSid === null) return null;
  return leg.told.hungUp === "insisted" || leg.state === "left" ? null : since + INSIST_AFTER;
}

/** When to give up a leg about which Twilio reports nothing more. */
export function legDeadline(record: CallRecord, leg: Leg, policy: Policy): Time | null {
  if (leg.end !== null) return null;
  if (leg.leftAt !== null && (record.endedAt !== null || !isPending(leg))) return leg.leftAt + HANG_UP_GRACE;
  const since = unwantedSince(record, leg);
  if (since !== null) return since + CALLBACK_GRACE;
  if (!isPending(leg)) return null;
  if (isBriefed(leg)) return (leg.answeredAt ?? leg.dialledAt) + BRIEFING;
  return leg.dialledAt + policy.ringSeconds * 1000 + CALLBACK_GRACE;
}

/** When the call may ring another agent: one who did not take it, or any, after an agent's line was lost. */
function nextRetry(record: CallRecord, policy: Policy, now: Time): Time | null {
  if (!isWaiting(record) && !needsAnother(record, policy)) return null;
  const times = [...Object.values(record.passed), headStartEnd(record, policy)].filter((at) => at > now);
  return times.length > 0 ? Math.min(...times) : null;
}

/** When to decide again, because Twilio should have reported something or another agent may ring; null: not at all. */
export function nextDeadline(record: CallRecord, policy: Policy, now: Time): Time | null {
  const legs = dialledLegs(record).map((leg) => legDeadline(record, leg, policy));
  const all = [...legs, nextRetry(record, policy, now)].filter((at) => at !== null);
  return all.length === 0 ? null : Math.min(...all);
}
