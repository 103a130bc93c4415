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

/** The leg rang, and the agent neither answered nor declined. */
function isMissed({ state, ringingAt, end }: Leg): boolean {
  const because = end?.answered === false ? end.reason : null;
  return state === "left" && ringingAt !== null && (because === "no-answer" || because === "cancelled");
}

/** Remembers missed calls until the process ends. */
export function createMissedCalls(): MissedCalls {
  const byAgent = new Map<AgentId, MissedCall[]>();

  const update = (call: CallRecord, leg: Leg, agent: AgentId): void => {
    const id = `${call.id} ${leg.label}`;
    const known = byAgent.get(agent) ?? [];
    const isKnown = known.some((missed) => missed.id === id);
    // A late callback may report that the agent declined or answered.
    const isNow = isMissed(leg) && connectedAt(leg) === null;
    if (isKnown === isNow) return;
    const others = known.filter((missed) => missed.id !== id);
    const rangAt = leg.ringingAt ?? leg.dialledAt;
    const missed = isNow ? [{ id, ...customerForAgent(customerView(call)), rangAt }, ...others] : others;
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
