import { connectedAt } from "../../call/legs.ts";
import type { AgentId, CallRecord, Leg } from "../../call/types.ts";
import type { MissedCall } from "../agent-events.ts";
import { customerForAgent, customerView } from "./customer-view.ts";

/** Kept per agent. */
const MAX_CALLS = 20;

export interface MissedCalls {
  /** Newest first. */
  of(agent: AgentId): MissedCall[];
  /** Call it after each change of a call. */
  changed(call: CallRecord): void;
  forget(agent: AgentId): void;
}

/** Why the leg stopped ringing; null when it did not ring, or the agent answered or declined. */
function missedBecause({ endedBy }: CallRecord, leg: Leg): MissedCall["reason"] | null {
  const because = leg.end?.answered === false ? leg.end.reason : null;
  // A late callback may report that the agent declined or answered.
  if (leg.state !== "left" || leg.ringingAt === null || connectedAt(leg) !== null) return null;
  if (because === "no-answer") return because;
  if (because !== "cancelled") return null;
  return endedBy === "customer" ? "customer-left" : "cancelled";
}

/** Remembers missed calls until the process ends. */
export function createMissedCalls(): MissedCalls {
  const byAgent = new Map<AgentId, MissedCall[]>();

  const update = (call: CallRecord, leg: Leg, agent: AgentId): void => {
    const id = `${call.id} ${leg.label}`;
    const known = byAgent.get(agent) ?? [];
    const reason = missedBecause(call, leg);
    if ((known.find((missed) => missed.id === id)?.reason ?? null) === reason) return;
    const others = known.filter((missed) => missed.id !== id);
    const rangAt = leg.ringingAt ?? leg.dialledAt;
    const customer = customerForAgent(customerView(call));
    const missed = reason === null ? others : [{ id, ...customer, rangAt, reason }, ...others];
    byAgent.set(agent, missed.toSorted((a, b) => b.rangAt - a.rangAt).slice(0, MAX_CALLS));
  };

  return {
    of: (agent) => byAgent.get(agent) ?? [],
    changed(call) {
      for (const leg of call.legs) if (leg.party.kind === "agent") update(call, leg, leg.party.agent);
    },
    forget: (agent) => void byAgent.delete(agent),
  };
}
