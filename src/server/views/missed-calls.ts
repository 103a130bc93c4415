import { connectedAt } from "../../call/legs.ts";
import type { AgentId, CallRecord, Leg } from "../../call/types.ts";
import type { MissedCall } from "../agent-events.ts";
import { customerForAgent, customerView } from "./customer-view.ts";

/** Of each agent; older ones are forgotten. */
const MOST = 20;

export interface MissedCalls {
  /** The newest first. */
  of(agent: AgentId): MissedCall[];
  /** Takes in what has become of a call. */
  changed(call: CallRecord): void;
  forget(agent: AgentId): void;
}

/** Nobody answered it, and the agent did not decline it. */
function isMissed({ state, ringingAt, end }: Leg): boolean {
  const because = end?.answered === false ? end.reason : null;
  return state === "left" && ringingAt !== null && (because === "no-answer" || because === "cancelled");
}

/** Remembers the calls that agents missed, as long as this process runs. */
export function createMissedCalls(): MissedCalls {
  const byAgent = new Map<AgentId, MissedCall[]>();

  const update = (call: CallRecord, leg: Leg, agent: AgentId): void => {
    const id = `${call.id} ${leg.label}`;
    const known = byAgent.get(agent) ?? [];
    const isKnown = known.some((missed) => missed.id === id);
    // A later callback may tell that the agent declined, or answered after all.
    const isNow = isMissed(leg) && connectedAt(leg) === null;
    if (isKnown === isNow) return;
    const others = known.filter((missed) => missed.id !== id);
    const rangAt = leg.ringingAt ?? leg.dialledAt;
    const missed = isNow ? [{ id, ...customerForAgent(customerView(call)), rangAt }, ...others] : others;
    byAgent.set(agent, missed.toSorted((a, b) => b.rangAt - a.rangAt).slice(0, MOST));
  };

  return {
    of: (agent) => byAgent.get(agent) ?? [],
    changed(call) {
      for (const leg of call.legs) if (leg.party.kind === "agent") update(call, leg, leg.party.agent);
    },
    forget: (agent) => void byAgent.delete(agent),
  };
}
