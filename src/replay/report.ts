import type { AgentId, CallRecord, EndedBy } from "../call/types.ts";
import { storyOf } from "../call/story.ts";
import type { CallFile } from "./call-file.ts";
import type { Replay, Unexplained } from "./replay.ts";
import type { ReplayedStep } from "./walk.ts";
import { whyOf } from "./why.ts";
import { actionWords, inputWords, originWords } from "./words.ts";

interface ReportedAction {
  readonly action: string;
  readonly what: string;
  readonly why: string;
  /** Whether the file has the request for it. */
  readonly isInFile: boolean;
}

export interface ReportedStep {
  /** Ms since the file's first step. */
  readonly after: number;
  readonly call: string;
  readonly from: string;
  /** False: the file does not hold it. */
  readonly isRecorded: boolean;
  readonly what: string;
  readonly actions: readonly ReportedAction[];
  readonly refusal: string | null;
  /** Whether the call's record changed. */
  readonly isNews: boolean;
}

/** A replay in words, stable for programs. */
export interface ReplayReport {
  readonly call: string;
  readonly emulator: string;
  readonly steps: readonly ReportedStep[];
  readonly calls: readonly {
    readonly id: string;
    readonly endedBy: EndedBy | null;
    readonly transfers: readonly { mode: string; to: AgentId | null; outcome: string | null }[];
    readonly story: readonly { after: number; event: string; label: string | null; reason: string | null }[];
  }[];
  readonly differences: readonly string[];
  /** What the file does not hold, and what was taken instead. */
  readonly assumptions: readonly string[];
}

function stepOf(step: ReplayedStep, start: number): ReportedStep {
  const { at, call, input, before, decision, origin, asked } = step;
  const { record, refusal, actions } = decision;
  return {
    after: Math.max(0, at - start),
    call,
    from: originWords(step),
    isRecorded: origin === "webhook" || origin === "answer",
    what: inputWords(input),
    actions: actions.map((action, i) => ({
      action: action.kind,
      what: actionWords(action),
      why: whyOf(action, record),
      isInFile: asked[i] === true,
    })),
    refusal: refusal?.code ?? null,
    isNews: refusal === null && record !== before,
  };
}

function outcomeOf({ outcome }: CallRecord["transfers"][number]): string | null {
  if (outcome === null) return null;
  return outcome.kind === "failed" ? `failed: ${outcome.reason}` : outcome.kind;
}

function callOf(record: CallRecord, start: number): ReplayReport["calls"][number] {
  const { id, endedBy, transfers } = record;
  return {
    id,
    endedBy,
    transfers: transfers.map((one) => ({ mode: one.mode, to: one.to, outcome: outcomeOf(one) })),
    story: storyOf(record).map(({ at, event, label, reason }) => {
      return { after: at - start, event, label, reason };
    }),
  };
}

const seconds = (ms: number): string => `+${(ms / 1000).toFixed(2)} s`;

const requestWords = ({ request, isNextWay, at }: Unexplained, start: number): string => {
  const name = request.operation ?? `${request.method} ${request.path}`;
  const why = isNextWay
    ? "the server's second way to a customer in silence, outside the rules"
    : "not explained";
  return `${seconds(at - start)}: the server asked Twilio for ${name}: ${why}.`;
};

function differencesOf({ steps, unexplained, answers }: Replay, start: number): string[] {
  const missing = steps.flatMap(({ at, decision, asked }) =>
    decision.actions
      .filter((_, i) => asked[i] !== true)
      .map(
        (action) =>
          `${seconds(at - start)}: decided “${actionWords(action)}”, and the file has no request for it.`,
      ),
  );
  return [
    ...missing,
    ...unexplained.map((one) => requestWords(one, start)),
    ...answers.different.map(
      ({ id, route }) => `Webhook ${id} (${route}) got other TwiML than it would get now.`,
    ),
  ];
}

const some = (count: number, one: string, more: string): string[] =>
  count === 0 ? [] : [count === 1 ? one : `${count} ${more}`];

function assumptionsOf({ steps, settings, agents, skipped, reads }: Replay, source: string): string[] {
  const presumed = steps.filter(({ origin }) => origin === "presumed").length;
  const names = agents.length === 0 ? "none" : agents.join(", ");
  return [
    `Agents: ${names}, in the order of their first dials. One counts as free where the file shows that the server dialled them soon after.`,
    ...some(
      presumed,
      "1 step is presumed: nobody recorded what people click, and the server's requests show it.",
      "steps are presumed: nobody recorded what people click, and the server's requests show it.",
    ),
    "Muted microphones, notes, and pages that came and went without a request to Twilio are unknown.",
    `Settings: ${source}; ringSeconds is ${settings.ringSeconds}, by the first dial.`,
    ...some(
      reads,
      "1 request only read Twilio's lists, and its answer was not replayed.",
      "requests only read Twilio's lists, and their answers were not replayed.",
    ),
    ...some(
      skipped.unanswered,
      "1 webhook was left out, because the server did not answer it.",
      "webhooks were left out, because the server did not answer them.",
    ),
    ...some(
      skipped.again,
      "1 webhook was left out, because a person had sent it again.",
      "webhooks were left out, because a person had sent them again.",
    ),
    ...some(
      skipped.foreign,
      "1 webhook was left out, because its path is none of this server's.",
      "webhooks were left out, because their paths are none of this server's.",
    ),
  ];
}

/** @param source where the settings come from */
export function reportOf(file: CallFile, replayed: Replay, source: string): ReplayReport {
  const start = file.steps[0]?.at ?? 0;
  return {
    call: file.call,
    emulator: file.emulator,
    steps: replayed.steps.map((step) => stepOf(step, start)),
    calls: replayed.records.map((record) => callOf(record, start)),
    differences: differencesOf(replayed, start),
    assumptions: assumptionsOf(replayed, source),
  };
}
