import type { CallRecord, EndedBy, Outcome, Transfer } from "../../call/types.ts";
import type { Once } from "./once.ts";

/** An event of a call that is counted. Durations are milliseconds. */
export type Milestone =
  | { kind: "call-answered"; call: CallRecord; waitedMs: number }
  | { kind: "transfer-ended"; call: CallRecord; transfer: Transfer; outcome: Outcome }
  | { kind: "call-ended"; call: CallRecord; by: EndedBy; lastedMs: number };

/** When the first agent joined; null until then. */
function answeredAt({ legs }: CallRecord): number | null {
  let first: number | null = null;
  for (const { party, joinedAt } of legs)
    if (party.kind === "agent" && joinedAt !== null) first = Math.min(first ?? joinedAt, joinedAt);
  return first;
}

/** Every milestone of a call so far. */
function reached(call: CallRecord): Milestone[] {
  const { startedAt, transfers, endedAt, endedBy } = call;
  const milestones: Milestone[] = [];
  // Twilio's times are whole seconds and may lie a little before ours.
  const since = (at: number): number => Math.max(0, at - startedAt);
  const answered = answeredAt(call);
  if (answered !== null) milestones.push({ kind: "call-answered", call, waitedMs: since(answered) });
  for (const transfer of transfers)
    if (transfer.outcome)
      milestones.push({ kind: "transfer-ended", call, transfer, outcome: transfer.outcome });
  if (endedAt !== null && endedBy !== null)
    milestones.push({ kind: "call-ended", call, by: endedBy, lastedMs: since(endedAt) });
  return milestones;
}

/** Identifies a milestone among those of all calls. */
function keyOf(reached: Milestone): string {
  const transfer = reached.kind === "transfer-ended" ? reached.transfer.id : "";
  return `${reached.call.id} ${reached.kind} ${transfer}`;
}

/**
 * The milestones that a change of a call has added, each once: late news may take back how something ended and tell it
 * again.
 */
export function newMilestones(after: CallRecord, before: CallRecord | undefined, once: Once): Milestone[] {
  const now = reached(after);
  // Most changes add none, and calls that begin have none.
  if (now.length === 0) return now;
  const told = new Set(before ? reached(before).map(keyOf) : []);
  return now.filter((milestone) => !told.has(keyOf(milestone)) && once(keyOf(milestone)));
}
