import { agentOf, dialledLegs } from "../../call/legs.ts";
import { stretchesOf } from "../../call/story.ts";
import type { CallRecord, Leg, Transfer } from "../../call/types.ts";
import type { PastCall, PastTransfer } from "../past-calls-api.ts";
import { type NameOf, customerView, nameOfTarget, phaseSeconds } from "./call-view.ts";

type Span = [from: number, until: number];

const joinedLegs = (call: CallRecord): Leg[] =>
  dialledLegs(call)
    .filter((leg) => leg.joinedAt !== null)
    .sort((a, b) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0));

/**
 * When an agent was with the customer, sorted by start. Twilio reports whole seconds, so each span is clipped to the call and
 * never negative.
 */
function presencesIn(call: CallRecord, endedAt: number): Span[] {
  return joinedLegs(call).map(({ joinedAt, leftAt }) => {
    const from = Math.min(joinedAt ?? endedAt, endedAt);
    return [from, Math.max(from, Math.min(leftAt ?? endedAt, endedAt))];
  });
}

/** When a transfer held the customer, which does not count as talk time. */
function holdsIn(call: CallRecord, endedAt: number): Span[] {
  return call.transfers
    .flatMap((transfer) => stretchesOf(call, transfer))
    .filter(({ isCustomerHeld }) => isCustomerHeld)
    .map(({ from, until }): Span => [Math.min(from, endedAt), Math.min(until ?? endedAt, endedAt)]);
}

/** How long at least one of the spans lasted. */
function lengthOfUnion(spans: readonly Span[]): number {
  let [length, reached] = [0, -Infinity];
  for (const [from, until] of spans.toSorted((a, b) => a[0] - b[0])) {
    length += Math.max(0, until - Math.max(from, reached));
    reached = Math.max(reached, until);
  }
  return length;
}

function pastTransfer(call: CallRecord, transfer: Transfer, callEnd: number, nameOf: NameOf): PastTransfer {
  const { from, to, startedAt, mode, note = null, outcome, endedAt } = transfer;
  return {
    from,
    fromName: from === null ? null : nameOf(from),
    to,
    toName: nameOfTarget(call, transfer, nameOf),
    startedAt,
    endedAt: endedAt ?? callEnd,
    mode,
    phaseSeconds: phaseSeconds(call, transfer),
    // An ended call has no open transfer. If it had one, the customer would be gone.
    outcome: outcome?.kind ?? "abandoned",
    reason: outcome?.kind === "failed" ? outcome.reason : null,
    note,
  };
}

/** Waiting time, talking time, agents and transfers of an ended call. */
export function pastCall(call: CallRecord, nameOf: NameOf): PastCall {
  const endedAt = call.endedAt ?? call.startedAt;
  const presences = presencesIn(call, endedAt);
  const holds = holdsIn(call, endedAt);
  const agents = joinedLegs(call).flatMap((leg) => agentOf(leg) ?? []);
  return {
    id: call.id,
    ...customerView(call),
    startedAt: call.startedAt,
    endedAt,
    waitedMs: Math.max(0, (presences[0]?.[0] ?? endedAt) - call.startedAt),
    talkedMs: lengthOfUnion([...presences, ...holds]) - lengthOfUnion(holds),
    endedBy: call.endedBy ?? "error",
    agents: [...new Set(agents)].map(nameOf),
    transfers: call.transfers.map((transfer) => pastTransfer(call, transfer, endedAt, nameOf)),
    message: call.message ?? null,
  };
}
