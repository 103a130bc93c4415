import { Gauge, type Registry } from "prom-client";
import type { Coordinator } from "../../call/ports.ts";
import type { Presence, PresenceState } from "../../presence/presence.ts";

const STATES: readonly PresenceState[] = ["signed-out", "not-ready", "free", "busy"];

export interface GaugeSources {
  coordinator: Coordinator;
  presence: Presence;
}

/** Adds gauges that are read at each scrape. */
export function addGauges(registry: Registry, { coordinator, presence }: GaugeSources): void {
  const registers: [] = [];
  const live = new Gauge({
    name: "warm_transfer_calls_live",
    help: "Calls that have not ended",
    registers,
    async collect() {
      // A store that does not answer must not hide the other metrics.
      this.set(
        await coordinator.live().then(
          (calls) => calls.length,
          () => Number.NaN,
        ),
      );
    },
  });
  const agents = new Gauge({
    name: "warm_transfer_agents",
    help: "Agents by state",
    labelNames: ["state"] as const,
    registers,
    collect() {
      const counts = new Map(STATES.map((state) => [state, 0]));
      for (const agent of presence.all()) {
        const state = presence.stateOf(agent);
        counts.set(state, (counts.get(state) ?? 0) + 1);
      }
      for (const [state, count] of counts) this.set({ state }, count);
    },
  });
  for (const gauge of [live, agents]) registry.registerMetric(gauge);
}
