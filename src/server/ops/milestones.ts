import type { CallRecord, EndedBy, Outcome, Transfer } from "../../call/types.ts";
import type { Once } from "./once.ts";

/** What counts in a call. Durations are milliseconds. */
export type Milestone =
  | { kind: "call-answered"; call: CallRecord; waitedMs: number }
  | { kind: "transfer-ended"; call: CallRecord; transfer: Transfer; outcome: Outcome }
  | { kind: "call-ended"; call: CallRecord; by: EndedBy; lastedMs: number };

/** When the first agent joined; null until then. */
function answeredAt({ legs }: CallRecord): number | null {
  const joined = legs.flatMap((leg) =>
    leg.party.kind === "agent" && leg.joinedAt !== null ? [leg.joinedAt] : [],
  );
  return joined.length === 0 ? null : Math.min(...joined);
}

/** Every milestone of a call so far, by what it is known again. */
function* reached(call: CallRecord): Generator<[key: string, milestone: Milestone]> {
  const { id, startedAt, endedAt, endedBy } = call;
  const answered = answeredAt(call);
  // Twilio's times are whole seconds and may lie a little before ours.
  const since = (at: number): number => Math.max(0, at - startedAt);
  if (answered !== null) yield [`${id} answered`, { kind: "call-answered", call, waitedMs: since(answered) }];
  for (const transfer of call.transfers)
    if (transfer.outcome)
      yield [
        `${id} transfer ${transfer.id}`,
        { kind: "transfer-ended", call, transfer, outcome: transfer.outcome },
      ];
  if (endedAt !== null && endedBy !== null)
    yield [`${id} ended`, { kind: "call-ended", call, by: endedBy, lastedMs: since(endedAt) }];
}

/**
 * The milestones that a change of a call has added, each once: late news may take back how something ended and tell it
 * again.
 */
export function newMilestones(after: CallRecord, before: CallRecord | undefined, once: Once): Milestone[] {
  const told = new Set(before ? [...reached(before)].map(([key]) => key) : []);
  return [...reached(after)].filter(([key]) => !told.has(key) && once(key)).map(([, milestone]) => milestone);
}
