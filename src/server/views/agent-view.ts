import type { AgentId, CallRecord, Leg } from "../../call/types.ts";
import type { ServerContext } from "../context.ts";
import type { OwnView } from "../agent-events.ts";
import type { AgentEntry, AgentState, Colleague } from "../control-api.ts";
import { callView } from "./call-view.ts";
import { callForAgent } from "./customer-view.ts";
import { createMissedCalls } from "./missed-calls.ts";

const ownLeg = (call: CallRecord | undefined, agent: AgentId): Leg | undefined =>
  call?.legs.findLast((leg) => leg.party.kind === "agent" && leg.party.agent === agent);

/** What an agent's page shows of the agent, each part in JSON. */
export type OwnTexts = Readonly<Record<keyof OwnView, string>>;

/** Views of agents, from memory alone. */
export interface AgentViews {
  own(agent: AgentId): OwnTexts;
  /** An agent as the others see one. */
  colleague(agent: AgentId): Colleague;
  /** An agent as operators see one. */
  entry(agent: AgentId): AgentEntry;
  /** Who signs in again sees neither the last call of the session before nor the calls missed in it. */
  forget(agent: AgentId): void;
  close(): void;
}

/** The agents who have, or had, a leg in a call. */
export function agentsIn({ legs }: CallRecord): Set<AgentId> {
  return new Set(legs.flatMap(({ party }) => (party.kind === "agent" ? [party.agent] : [])));
}

/** Remembers each agent's last call, so that its outcome is seen until the next one. */
export function createAgentViews({ coordinator, presence, nameOf }: ServerContext): AgentViews {
  const lastCall = new Map<AgentId, CallRecord>();
  const texts = new WeakMap<CallRecord, string>();
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
    // Claimed for a call whose leg is not in the record yet.
    return state === "busy" ? "ringing" : state;
  };

  /** The same for every agent of the call, and written once for all of their windows. */
  const textOf = (call: CallRecord): string => {
    const text = texts.get(call) ?? JSON.stringify(callForAgent(callView(call, nameOf)));
    texts.set(call, text);
    return text;
  };

  return {
    own(agent) {
      const call = callOf(agent);
      const leg = ownLeg(call, agent);
      // A call that rang here and was not taken is nobody's business any more.
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
    entry(id) {
      const call = callOf(id);
      const state = stateOf(id, ownLeg(call, id));
      const inCall = state === "ringing" || state === "in-call";
      return { id, name: nameOf(id), state, call: inCall ? (call?.id ?? presence.callOf(id) ?? null) : null };
    },
    forget(agent) {
      lastCall.delete(agent);
      missed.forget(agent);
    },
    close: stop,
  };
}
