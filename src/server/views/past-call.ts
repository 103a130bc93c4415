import { agentOf, dialledLegs } from "../../call/legs.ts";
import type { CallRecord, Leg, Transfer } from "../../call/types.ts";
import type { PastCall, PastTransfer } from "../past-calls-api.ts";
import type { NameOf } from "../names.ts";
import { customerView } from "./customer-view.ts";

/** The time that an agent was with the customer. */
type Span = [from: number, to: number];

const joinedLegs = (call: CallRecord): Leg[] =>
  dialledLegs(call)
    .filter((leg) => leg.joinedAt !== null)
    .sort((a, b) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0));

/** Sorted by start. Twilio reports whole seconds, so each span is clipped to the call and never negative. */
function spansOf(call: CallRecord, endedAt: number): Span[] {
  return joinedLegs(call).map(({ joinedAt, leftAt }) => {
    const from = Math.min(joinedAt ?? endedAt, endedAt);
    return [from, Math.max(from, Math.min(leftAt ?? endedAt, endedAt))];
  });
}

/** The length of the union. @param spans sorted by start */
function lengthOfUnion(spans: readonly Span[]): number {
  let [length, until] = [0, -Infinity];
  for (const [from, to] of spans) {
    length += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return length;
}

function pastTransfer(transfer: Transfer, callEnd: number, nameOf: NameOf): PastTransfer {
  const { from, to, startedAt, outcome, endedAt } = transfer;
  return {
    from,
    fromName: from === null ? null : nameOf(from),
    to,
    toName: nameOf(to),
    startedAt,
    endedAt: endedAt ?? callEnd,
    // An ended call has no open transfer. If it had one, the customer would be gone.
    outcome: outcome?.kind ?? "abandoned",
    reason: outcome?.kind === "failed" ? outcome.reason : null,
  };
}

/** Waiting time, talking time, agents and transfers of an ended call. */
export function pastCall(call: CallRecord, nameOf: NameOf): PastCall {
  const endedAt = call.endedAt ?? call.startedAt;
  const spans = spansOf(call, endedAt);
  const agents = joinedLegs(call).flatMap((leg) => agentOf(leg) ?? []);
  return {
    id: call.id,
    ...customerView(call),
    startedAt: call.startedAt,
    endedAt,
    waitedMs: Math.max(0, (spans[0]?.[0] ?? endedAt) - call.startedAt),
    talkedMs: lengthOfUnion(spans),
    endedBy: call.endedBy ?? "error",
    agents: [...new Set(agents)].map(nameOf),
    transfers: call.transfers.map((transfer) => pastTransfer(transfer, endedAt, nameOf)),
  };
}
