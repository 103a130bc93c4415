import { collectDefaultMetrics, Registry } from "prom-client";
import type { Observer } from "../../call/ports.ts";
import { phaseTimesOf } from "../../call/story.ts";
import type { CallRecord, EndedBy, Message, Outcome, Transfer, TransferMode } from "../../call/types.ts";
import type { PresenceState } from "../../presence/presence.ts";
import type { RestRequest } from "../../twilio/rest/client.ts";
import { addGauges, createInstruments, type GaugeSources, type Instruments } from "./instruments.ts";

export interface TransferEnded {
  kind: "transfer-ended";
  call: CallRecord;
  transfer: Transfer;
  outcome: Outcome;
}

/** An event of a call that is logged and counted. Durations are milliseconds. */
export type Milestone =
  | { kind: "call-answered"; call: CallRecord; waitedMs: number }
  | TransferEnded
  | { kind: "call-ended"; call: CallRecord; by: EndedBy; lastedMs: number }
  | { kind: "message-left"; call: CallRecord; message: Message };

/** When the first agent joined; null until then. */
function answeredAt({ legs }: CallRecord): number | null {
  let first: number | null = null;
  for (const { party, joinedAt } of legs)
    if (party.kind === "agent" && joinedAt !== null) first = Math.min(first ?? joinedAt, joinedAt);
  return first;
}

function milestonesOf(call: CallRecord): Milestone[] {
  const { startedAt, transfers, endedAt, endedBy } = call;
  const milestones: Milestone[] = [];
  // Twilio's times are whole seconds and may lie a little before ours.
  const since = (at: number): number => Math.max(0, at - startedAt);
  const answered = answeredAt(call);
  if (answered !== null) milestones.push({ kind: "call-answered", call, waitedMs: since(answered) });
  for (const transfer of transfers)
    if (transfer.outcome)
      milestones.push({ kind: "transfer-ended", call, transfer, outcome: transfer.outcome });
  if (endedAt !== null && endedBy !== null)
    milestones.push({ kind: "call-ended", call, by: endedBy, lastedMs: since(endedAt) });
  if (call.message) milestones.push({ kind: "message-left", call, message: call.message });
  return milestones;
}

/** Unique among the milestones of all calls. */
function keyOf(milestone: Milestone): string {
  const transfer = milestone.kind === "transfer-ended" ? milestone.transfer.id : "";
  return `${milestone.call.id} ${milestone.kind} ${transfer}`;
}

/** Keys that are remembered; the oldest is forgotten first. */
const MAX_KEYS = 20_000;

/** True the first time that a key is passed. */
export type Once = (key: string) => boolean;

/** Remembers the last 20,000 keys. */
export function createOnce(): Once {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > MAX_KEYS && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}

/** The milestones that a change of a call adds. Each is returned once, even if a late callback undoes and repeats it. */
export function newMilestones(after: CallRecord, before: CallRecord | undefined, once: Once): Milestone[] {
  const milestones = milestonesOf(after);
  // Most changes add none, and calls that begin have none.
  if (milestones.length === 0) return milestones;
  const earlier = new Set(before ? milestonesOf(before).map(keyOf) : []);
  return milestones.filter((milestone) => !earlier.has(keyOf(milestone)) && once(keyOf(milestone)));
}

/** A request to one of Twilio's routes that has been answered. */
export interface AnsweredWebhook {
  route: string;
  status: number;
  /** Milliseconds. */
  ms: number;
}

/** The source of the log and the metrics. */
export interface Signals extends Observer {
  request: (request: RestRequest) => void;
  webhook: (webhook: AnsweredWebhook) => void;
  milestone: (milestone: Milestone) => void;
  agent: (agent: string, state: PresenceState) => void;
}

type Arguments = { [Name in keyof Signals]: Parameters<Signals[Name]> };

/** Passes every signal to all receivers. An error of one stops neither the others nor the sender. */
export function broadcastSignals(
  receivers: readonly Partial<Signals>[],
  onError: (error: unknown) => void,
): Signals {
  const send = <Name extends keyof Signals>(name: Name) => {
    const handlers = receivers.flatMap((receiver) => receiver[name] ?? []) as ((
      ...given: Arguments[Name]
    ) => void)[];
    return (...given: Arguments[Name]): void => {
      for (const handle of handlers) {
        try {
          handle(...given);
        } catch (error) {
          onError(error);
        }
      }
    };
  };
  return {
    input: send("input"),
    action: send("action"),
    request: send("request"),
    webhook: send("webhook"),
    milestone: send("milestone"),
    agent: send("agent"),
  };
}

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
