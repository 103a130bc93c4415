import { connectedAt } from "../../call/legs.ts";
import type { AgentId, CallRecord, Leg } from "../../call/types.ts";
import type { MissedCall, OwnView } from "../agent-events.ts";
import type { ServerContext } from "../context.ts";
import type { AgentEntry, AgentState, Colleague } from "../control-api.ts";
import { callForAgent, callView, customerForAgent, customerView, type NameOf } from "./call-view.ts";

/** Kept per agent. */
const MAX_CALLS = 20;

interface MissedCalls {
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
function createMissedCalls(): MissedCalls {
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

const ownLeg = (call: CallRecord | undefined, agent: AgentId): Leg | undefined =>
  call?.legs.findLast((leg) => leg.party.kind === "agent" && leg.party.agent === agent);

/** `OwnView`, each part in JSON. */
export type OwnTexts = Readonly<Record<keyof OwnView, string>>;

/** Built from memory, without the store. */
export interface AgentViews {
  own(agent: AgentId): OwnTexts;
  colleague(agent: AgentId): Colleague;
  entry(agent: AgentId): AgentEntry;
  /** Of all agents, in the order in which they are rung. */
  entries: () => AgentEntry[];
  /** Forgets the agent's last call and missed calls, so that the next session does not show them. */
  forget(agent: AgentId): void;
  close(): void;
}

/** Agents who have, or had, a leg in the call. */
export function agentsIn({ legs }: CallRecord): Set<AgentId> {
  return new Set(legs.flatMap(({ party }) => (party.kind === "agent" ? [party.agent] : [])));
}

export type ViewContext = Pick<ServerContext, "coordinator" | "presence" | "nameOf">;

/** Serializes a call once for all windows of all agents in it. */
function createCallTexts(nameOf: NameOf): (call: CallRecord) => string {
  const texts = new WeakMap<CallRecord, string>();
  return (call) => {
    const text = texts.get(call) ?? JSON.stringify(callForAgent(callView(call, nameOf)));
    texts.set(call, text);
    return text;
  };
}

/** Remembers each agent's last call, so that the page shows its outcome until the next one. */
export function createAgentViews({ coordinator, presence, nameOf }: ViewContext): AgentViews {
  const lastCall = new Map<AgentId, CallRecord>();
  const textOf = createCallTexts(nameOf);
  const missed = createMissedCalls();
  const stop = coordinator.onChange((call) => {
    missed.changed(call);
    for (const agent of agentsIn(call)) {
      const isIn = ownLeg(call, agent)?.state !== "left";
      if (isIn || lastCall.get(agent)?.id === call.id) lastCall.set(agent, call);
    }
  });

  const callOf = (agent: AgentId): CallRecord | undefined => {
    const [id, last] = [presence.callOf(agent), lastCall.get(agent)];
    if (id === undefined || id === last?.id) return last;
    return coordinator.current(id);
  };

  const stateOf = (agent: AgentId, leg: Leg | undefined): AgentState => {
    if (leg && leg.state !== "left") return leg.state === "joined" ? "in-call" : "ringing";
    const state = presence.stateOf(agent);
    // The agent is claimed for a call whose record has no leg yet.
    return state === "busy" ? "ringing" : state;
  };

  const entry = (id: AgentId): AgentEntry => {
    const call = callOf(id);
    const state = stateOf(id, ownLeg(call, id));
    const inCall = state === "ringing" || state === "in-call";
    return { id, name: nameOf(id), state, call: inCall ? (call?.id ?? presence.callOf(id) ?? null) : null };
  };

  return {
    own(agent) {
      const call = callOf(agent);
      const leg = ownLeg(call, agent);
      // A call that this agent did not answer is no longer theirs to see.
      const isShown = call && leg && (leg.state !== "left" || leg.joinedAt !== null);
      return {
        state: JSON.stringify(stateOf(agent, leg)),
        takesCalls: JSON.stringify(presence.takesCalls(agent)),
        call: isShown ? textOf(call) : "null",
        label: isShown ? JSON.stringify(leg.label) : "null",
        missed: JSON.stringify(missed.of(agent)),
      };
    },
    colleague: (id) => ({ id, name: nameOf(id), state: stateOf(id, ownLeg(callOf(id), id)) }),
    entry,
    entries: () => presence.all().map(entry),
    forget(agent) {
      lastCall.delete(agent);
      missed.forget(agent);
    },
    close: stop,
  };
}
