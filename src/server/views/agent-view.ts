import type { AgentId, CallId, CallRecord, Leg } from "../../call/types.ts";
import type { AgentEntry, AgentState, AgentView, Colleague } from "../control-api.ts";
import type { ServerContext } from "../context.ts";
import { callView } from "./call-view.ts";
import { callForAgent } from "./customer-view.ts";
import { createMissedCalls } from "./missed-calls.ts";

const ownLeg = (call: CallRecord | undefined, agent: AgentId): Leg | undefined =>
  call?.legs.findLast((leg) => leg.party.kind === "agent" && leg.party.agent === agent);

export interface AgentViews {
  /** What an agent's page shows now. */
  of(agent: AgentId): Promise<AgentView>;
  /** An agent as operators see one. */
  entry(agent: AgentId): Promise<AgentEntry>;
  /** Who signs in again sees neither the last call of the session before nor the calls missed in it. */
  forget(agent: AgentId): void;
  close(): void;
}

/** Views of agents' pages. Remembers each agent's last call, so that its outcome is seen until the next one. */
export function createAgentViews({ coordinator, presence, nameOf }: ServerContext): AgentViews {
  const lastCall = new Map<AgentId, CallId>();
  const missed = createMissedCalls();
  const stop = coordinator.onChange((call) => {
    missed.changed(call);
    for (const { party, state } of call.legs)
      if (party.kind === "agent" && state !== "left") lastCall.set(party.agent, call.id);
  });

  const callOf = async (agent: AgentId): Promise<CallRecord | undefined> => {
    const id = presence.callOf(agent) ?? lastCall.get(agent);
    return id === undefined ? undefined : coordinator.get(id);
  };

  const stateOf = (agent: AgentId, leg: Leg | undefined): AgentState => {
    if (leg && leg.state !== "left") return leg.state === "joined" ? "in-call" : "ringing";
    const state = presence.stateOf(agent);
    // Claimed for a call whose leg is not in the record yet.
    return state === "busy" ? "ringing" : state;
  };

  const colleague = async (id: AgentId): Promise<Colleague> => ({
    id,
    name: nameOf(id),
    state: stateOf(id, ownLeg(await callOf(id), id)),
  });

  const entry = async (id: AgentId): Promise<AgentEntry> => {
    const call = await callOf(id);
    const state = stateOf(id, ownLeg(call, id));
    const inCall = state === "ringing" || state === "in-call";
    return { id, name: nameOf(id), state, call: inCall ? (call?.id ?? presence.callOf(id) ?? null) : null };
  };

  return {
    entry,
    async of(agent) {
      const call = await callOf(agent);
      const leg = ownLeg(call, agent);
      // A call that rang here and was not taken is nobody's business any more.
      const shown = leg && (leg.state !== "left" || leg.joinedAt !== null) ? call : undefined;
      const others = presence.all().filter((other) => other !== agent);
      return {
        agent: { id: agent, name: nameOf(agent) },
        state: stateOf(agent, leg),
        colleagues: await Promise.all(others.map(colleague)),
        call: shown ? callForAgent(callView(shown, nameOf)) : null,
        label: shown && leg ? leg.label : null,
        missed: missed.of(agent),
      };
    },
    forget(agent) {
      lastCall.delete(agent);
      missed.forget(agent);
    },
    close: stop,
  };
}
