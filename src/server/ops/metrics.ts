import { Registry, collectDefaultMetrics } from "prom-client";
import { phaseTimesOf } from "../../call/story.ts";
import type { TransferMode } from "../../call/types.ts";
import { type GaugeSources, type Instruments, addGauges, createInstruments } from "./instruments.ts";
import type { Milestone, Signals, TransferEnded } from "./signals.ts";

/** Each server has its own registry, because several may run in one process. */
export interface Metrics {
  readonly signals: Partial<Signals>;
  /** Adds the gauges of calls and agents, which are read at each scrape. Call it once. */
  addGauges(sources: GaugeSources): void;
  /** @param code Twilio's error code */
  tokenRefused(code: number): void;
  /** In Prometheus' text format. */
  text(): Promise<{ type: string; body: string }>;
}

const MODES: readonly TransferMode[] = ["three-way", "consult", "blind"];
const OUTCOMES = ["completed", "cancelled", "abandoned"];
const ENDS = ["customer", "agent", "outside", "operator", "no-agent", "time-limit", "error"];

const MAX_VALUES = 40;

/** Bounds a label whose values come from outside: keeps the first 40 values and maps the rest to `other`. */
export function createBoundedLabel(): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= MAX_VALUES) return "other";
    known.add(value);
    return value;
  };
}

/** Exports the known labels as zero before their first event. */
function startAtZero({ callsEnded, transfers }: Instruments): void {
  for (const by of ENDS) callsEnded.inc({ by }, 0);
  for (const mode of MODES)
    for (const outcome of OUTCOMES) transfers.inc({ mode, outcome, reason: "none" }, 0);
}

function countTransfer(
  { transfers, phaseSeconds }: Instruments,
  { call, transfer, outcome }: TransferEnded,
): void {
  const { mode } = transfer;
  transfers.inc({ mode, outcome: outcome.kind, reason: outcome.kind === "failed" ? outcome.reason : "none" });
  for (const [phase, ms] of Object.entries(phaseTimesOf(call, transfer)))
    if (ms > 0) phaseSeconds.observe({ mode, phase }, ms / 1000);
}

function countMilestone(instruments: Instruments, milestone: Milestone): void {
  switch (milestone.kind) {
    case "call-answered":
      return instruments.answerSeconds.observe(milestone.waitedMs / 1000);
    case "transfer-ended":
      return countTransfer(instruments, milestone);
    case "call-ended":
      return instruments.callsEnded.inc({ by: milestone.by });
    case "message-left":
      return instruments.messages.inc();
  }
}

/** Caches the histogram of each route and status, because a customer waits for the webhook's answer. */
function webhookSecondsOf({ webhookSeconds }: Instruments) {
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
  const instruments = createInstruments(registry);
  const webhookSeconds = webhookSecondsOf(instruments);
  const [operations, codes, tokenCodes] = [createBoundedLabel(), createBoundedLabel(), createBoundedLabel()];
  startAtZero(instruments);
  let isScraped = false;
  return {
    signals: {
      milestone: (milestone) => countMilestone(instruments, milestone),
      webhook: ({ route, status, ms }) => webhookSeconds(route, status).observe(ms / 1000),
      request(request) {
        const operation = operations(request.operation);
        instruments.requests.inc({ operation, code: codes(request.code) });
        instruments.requestSeconds.observe({ operation }, request.ms / 1000);
      },
    },
    tokenRefused: (code) => instruments.tokensRefused.inc({ code: tokenCodes(`${code}`) }),
    addGauges: (sources) => addGauges(registry, sources),
    async text() {
      // Process metrics cost time, so they start with the first scrape.
      if (!isScraped) collectDefaultMetrics({ register: registry });
      isScraped = true;
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
