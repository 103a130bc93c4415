import type { AgentId } from "../../call/types.ts";
import type { Presence } from "../../presence/presence.ts";
import type { Signals } from "./signals.ts";

type State = ReturnType<Presence["stateOf"]>;

/** Signals each change of an agent's state. Returns a function that stops it. */
export function watchAgents(presence: Presence, { agent: signal }: Pick<Signals, "agent">): () => void {
  const known = new Map<AgentId, State>(presence.all().map((agent) => [agent, presence.stateOf(agent)]));
  const change = (agent: AgentId): void => {
    const [before, state] = [known.get(agent) ?? "signed-out", presence.stateOf(agent)];
    known.set(agent, state);
    // Nothing is said of an agent who was removed.
    if (state !== before && presence.all().includes(agent)) signal(agent, state);
  };
  return presence.onChange(change);
}
