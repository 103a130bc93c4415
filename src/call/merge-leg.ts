import { reachedAt, stateOf } from "./leg.ts";
import type { Fact, FailureReason, LeaveReason, Leg, LegEnd, Time } from "./types.ts";

/** A fact about one leg that Twilio told. */
export type LegFact = Extract<Fact, { label: unknown }>;

/** The more telling reason wins, whichever callback came first; `cancelled` is only the echo of our own hang-up. */
const REASONS: readonly (FailureReason | "cancelled")[] = [
  "declined",
  "busy",
  "unreachable",
  "no-answer",
  "machine",
  "error",
  "cancelled",
];
const LEAVE_REASONS: readonly LeaveReason[] = ["conference-ended", "removed", "hung-up"];

/** Repeated and late facts agree on a time: the earliest. */
function earliest(known: Time | null, told: Time): Time {
  return known === null ? told : Math.min(known, told);
}

function stronger<T>(ranking: readonly T[], known: T | null, told: T): T {
  return known !== null && ranking.indexOf(known) < ranking.indexOf(told) ? known : told;
}

function mergeEnd(known: LegEnd | null, told: LegEnd): LegEnd {
  if (known === null || known.answered || told.answered) return known?.answered ? known : told;
  return { answered: false, reason: stronger(REASONS, known.reason, told.reason) };
}

function mergeTimes(leg: Leg, fact: LegFact): Leg {
  switch (fact.kind) {
    case "leg-dialled":
      return leg;
    case "leg-ringing":
      return { ...leg, ringingAt: earliest(leg.ringingAt, fact.at) };
    case "leg-answered":
      return { ...leg, answeredAt: earliest(leg.answeredAt, fact.at) };
    case "participant-joined":
      return { ...leg, joinedAt: earliest(leg.joinedAt, fact.at) };
    case "participant-left": {
      const leftBecause = fact.because
        ? stronger(LEAVE_REASONS, leg.leftBecause, fact.because)
        : leg.leftBecause;
      return { ...leg, leftAt: earliest(leg.leftAt, fact.at), leftBecause, leaveWasTold: true };
    }
    case "leg-ended": {
      const end = mergeEnd(leg.end, fact.end);
      const told = fact.isOldNews ? {} : { leaveWasTold: true };
      return { ...leg, leftAt: earliest(leg.leftAt, fact.at), end, ...told };
    }
    case "dial-failed": {
      const end = mergeEnd(leg.end, { answered: false, reason: fact.reason });
      return {
        ...leg,
        leftAt: earliest(leg.leftAt, fact.at),
        end,
        dismissedAt: earliest(leg.dismissedAt ?? null, fact.at),
      };
    }
  }
}

/** Is the fact about another connection under our label? Then it is none of ours, and its conference is not either. */
export function isForeign(leg: Leg, fact: LegFact): boolean {
  return "callSid" in fact && leg.callSid !== null && fact.callSid !== leg.callSid;
}

/**
 * Adds a fact to what is known of a leg. Only ever adds (times by the earliest, ends by rank), so that the same facts
 * in any order, with any repeats, give the same leg.
 */
export function mergeLeg(leg: Leg, fact: LegFact): Leg {
  if (isForeign(leg, fact)) return leg;
  const told = "callSid" in fact ? fact.callSid : null;
  const merged = mergeTimes(leg, fact);
  return { ...merged, callSid: leg.callSid ?? told, state: stateOf(merged) };
}

/** Nobody told us what became of this leg: it counts as gone. */
export function giveUpLeg(leg: Leg, at: Time): Leg {
  const end: LegEnd = reachedAt(leg) === null ? { answered: false, reason: "no-answer" } : { answered: true };
  const merged = {
    ...leg,
    leftAt: earliest(leg.leftAt, at),
    end: leg.end ?? end,
    dismissedAt: leg.dismissedAt ?? at,
  };
  return { ...merged, state: stateOf(merged) };
}
