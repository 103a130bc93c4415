import type { AgentId } from "../../call/types.ts";
import { toAppError } from "../../errors.ts";
import { logError } from "../../log/log-error.ts";
import type { Log } from "../../log/log.ts";
import type { Presence, PresenceState } from "../../presence/presence.ts";
import type { GaugeSources } from "./instruments.ts";
import { logSignals } from "./log-signals.ts";
import {
  broadcastSignals,
  createMetrics,
  createOnce,
  type Metrics,
  newMilestones,
  type Signals,
} from "./signals.ts";

export interface Ops {
  readonly signals: Signals;
  readonly metrics: Pick<Metrics, "text" | "tokenRefused">;
  /** Reports changes of calls and agents. Returns a function that stops. */
  readonly watch: (sources: GaugeSources) => () => void;
}

/** Signals each change of an agent's state. Returns a function that stops. */
function watchAgents(presence: Presence, { agent: signal }: Pick<Signals, "agent">): () => void {
  const known = new Map<AgentId, PresenceState>(
    presence.all().map((agent) => [agent, presence.stateOf(agent)]),
  );
  return presence.onChange((agent) => {
    const [before, state] = [known.get(agent) ?? "signed-out", presence.stateOf(agent)];
    known.set(agent, state);
    const isRemoved = !presence.all().includes(agent);
    if (state !== before && !isRemoved) signal(agent, state);
  });
}

/** One server's metrics, and its log of calls and requests. */
export function createOps(log: Log): Ops {
  const metrics = createMetrics();
  // Entries below the log's level are never built.
  const isLogged = log.writes("info");
  const receivers = isLogged ? [metrics.signals, logSignals(log)] : [metrics.signals];
  const signals = broadcastSignals(receivers, (error) => logError(log, toAppError(error)));
  const once = createOnce();
  return {
    signals,
    metrics,
    watch(sources) {
      metrics.addGauges(sources);
      const stops = [
        sources.coordinator.onChange((after, before) => {
          newMilestones(after, before, once).forEach(signals.milestone);
        }),
      ];
      if (isLogged) stops.push(watchAgents(sources.presence, signals));
      return () => stops.forEach((stop) => stop());
    },
  };
}
