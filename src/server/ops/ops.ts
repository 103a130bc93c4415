import type { Log } from "../../log/log.ts";
import { toAppError } from "../../errors.ts";
import { logError } from "../../log/log-error.ts";
import type { GaugeSources } from "./gauges.ts";
import { logSignals } from "./log-signals.ts";
import { type Metrics, createMetrics } from "./metrics.ts";
import { newMilestones } from "./milestones.ts";
import { createOnce } from "./once.ts";
import { type Signals, everySignal } from "./signals.ts";
import { watchAgents } from "./watch-agents.ts";

export interface Ops {
  /** Receives what happens. */
  readonly signals: Signals;
  readonly metrics: Pick<Metrics, "text" | "tokenRefused">;
  /** Looks at calls and agents from now on. Returns the way to stop. */
  readonly watch: (sources: GaugeSources) => () => void;
}

/** Figures and a log of one server. */
export function createOps(log: Log): Ops {
  const metrics = createMetrics();
  // What nobody would read is not even put together.
  const isRead = log.hears("info");
  const takers = isRead ? [metrics.signals, logSignals(log)] : [metrics.signals];
  const signals = everySignal(takers, (error) => logError(log, toAppError(error)));
  const once = createOnce();
  return {
    signals,
    metrics,
    watch(sources) {
      metrics.lookAt(sources);
      const stops = [
        sources.coordinator.onChange((after, before) => {
          for (const reached of newMilestones(after, before, once)) signals.milestone(reached);
        }),
      ];
      if (isRead) stops.push(watchAgents(sources.presence, signals));
      return () => stops.forEach((stop) => stop());
    },
  };
}
