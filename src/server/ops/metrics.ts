import { Registry, collectDefaultMetrics } from "prom-client";
import { createBoundedLabel } from "./bounded-label.ts";
import { type Figures, createFigures } from "./figures.ts";
import { type GaugeSources, addGauges } from "./gauges.ts";
import type { Milestone } from "./milestones.ts";
import type { Signals } from "./signals.ts";

/** A server's metrics, in a registry of its own: several servers may run in one process. */
export interface Metrics {
  readonly signals: Partial<Signals>;
  /** Adds the gauges of calls and agents, which are measured at each scrape. Call it once. */
  lookAt(sources: GaugeSources): void;
  /** Twilio refused a page's access token, with this error code. */
  tokenRefused(code: number): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<{ type: string; body: string }>;
}

const OUTCOMES = ["completed", "cancelled", "abandoned"];
const ENDS = ["customer", "agent", "operator", "time-limit", "error"];

/** Exports known labels from the start, as zero. */
function startAtZero({ callsEnded, transfers }: Figures): void {
  for (const by of ENDS) callsEnded.inc({ by }, 0);
  for (const outcome of OUTCOMES) transfers.inc({ outcome, reason: "none" }, 0);
}

function countMilestone({ answerSeconds, transfers, callsEnded }: Figures, reached: Milestone): void {
  switch (reached.kind) {
    case "call-answered":
      return answerSeconds.observe(reached.waitedMs / 1000);
    case "transfer-ended": {
      const { outcome } = reached;
      const reason = outcome.kind === "failed" ? outcome.reason : "none";
      return transfers.inc({ outcome: outcome.kind, reason });
    }
    case "call-ended":
      return callsEnded.inc({ by: reached.by });
  }
}

/** The histogram of a route and a status; looked up once, because a customer waits meanwhile. */
function webhookSecondsOf({ webhookSeconds }: Figures) {
  const known = new Map<string, ReturnType<typeof webhookSeconds.labels>>();
  return (route: string, status: number) => {
    const key = `${route} ${status}`;
    const histogram = known.get(key) ?? webhookSeconds.labels(route, `${status}`);
    known.set(key, histogram);
    return histogram;
  };
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const figures = createFigures(registry);
  const webhookSeconds = webhookSecondsOf(figures);
  const [operations, codes, tokenCodes] = [createBoundedLabel(), createBoundedLabel(), createBoundedLabel()];
  startAtZero(figures);
  let isAsked = false;
  return {
    signals: {
      milestone: (reached) => countMilestone(figures, reached),
      webhook: ({ route, status, ms }) => webhookSeconds(route, status).observe(ms / 1000),
      request(seen) {
        const operation = operations(seen.operation);
        figures.requests.inc({ operation, code: codes(seen.code) });
        figures.requestSeconds.observe({ operation }, seen.ms / 1000);
      },
    },
    tokenRefused: (code) => figures.tokensRefused.inc({ code: tokenCodes(`${code}`) }),
    lookAt: (sources) => addGauges(registry, sources),
    async text() {
      // Measuring the process has a cost: only once a scraper asks.
      if (!isAsked) collectDefaultMetrics({ register: registry });
      isAsked = true;
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
