import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Coordinator } from "../../call/ports.ts";
import type { Presence, PresenceState } from "../../presence/presence.ts";

const ANSWER_SECONDS = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600];
const PHASE_SECONDS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200];
const WEBHOOK_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const REQUEST_SECONDS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10];

/** No label holds a phone number, a SID or a name. */
export function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    callsEnded: new Counter({
      name: "warm_transfer_calls_ended_total",
      help: "Calls that have ended, by who ended them",
      labelNames: ["by"] as const,
      registers,
    }),
    messages: new Counter({ name: "warm_transfer_messages_total", help: "Messages left", registers }),
    transfers: new Counter({
      name: "warm_transfer_transfers_total",
      help: "Transfers that have ended, by mode and outcome, and failed ones by reason",
      labelNames: ["mode", "outcome", "reason"] as const,
      registers,
    }),
    phaseSeconds: new Histogram({
      name: "warm_transfer_transfer_phase_seconds",
      help: "How long transfers that have ended were in each phase: ringing, consulting, together",
      labelNames: ["mode", "phase"] as const,
      buckets: PHASE_SECONDS,
      registers,
    }),
    answerSeconds: new Histogram({
      name: "warm_transfer_answer_seconds",
      help: "From the customer's ring until the first agent joined",
      buckets: ANSWER_SECONDS,
      registers,
    }),
    webhookSeconds: new Histogram({
      name: "warm_transfer_webhook_seconds",
      help: "Time to answer Twilio, by route and HTTP status",
      labelNames: ["route", "status"] as const,
      buckets: WEBHOOK_SECONDS,
      registers,
    }),
    tokensRefused: new Counter({
      name: "warm_transfer_tokens_refused_total",
      help: "Access tokens that Twilio refused, as agents' pages report them, by Twilio's error code",
      labelNames: ["code"] as const,
      registers,
    }),
    requests: new Counter({
      name: "warm_transfer_twilio_requests_total",
      help: "Requests to Twilio, by operation and code: ok, Twilio's error code, http-STATUS, or a network error",
      labelNames: ["operation", "code"] as const,
      registers,
    }),
    requestSeconds: new Histogram({
      name: "warm_transfer_twilio_request_seconds",
      help: "Time that Twilio took to answer a request, repeats after 429 included",
      labelNames: ["operation"] as const,
      buckets: REQUEST_SECONDS,
      registers,
    }),
  };
}

export type Instruments = ReturnType<typeof createInstruments>;

const STATES: readonly PresenceState[] = ["signed-out", "not-ready", "not-answering", "free", "busy"];

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
