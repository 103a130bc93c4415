import type { AgentId } from "../../call/types.ts";
import type { Presence } from "../../store/presence.ts";
import type { Signals } from "./signals.ts";

type State = ReturnType<Presence["stateOf"]>;

/** Signals each agent who signs in or out, becomes ready, or is taken by a call. Returns the way to stop. */
export function watchAgents(presence: Presence, { agent: signal }: Pick<Signals, "agent">): () => void {
  const look = (): Map<AgentId, State> =>
    new Map(presence.all().map((agent) => [agent, presence.stateOf(agent)]));
  let known = look();
  return presence.onChange(() => {
    const before = known;
    known = look();
    for (const [agent, state] of known)
      if (state !== (before.get(agent) ?? "signed-out")) signal(agent, state);
  });
}
