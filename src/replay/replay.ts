import type { CallSettings } from "../call/decision.ts";
import type { Coordinator } from "../call/ports.ts";
import type { Fact } from "../call/inputs.ts";
import type { Action, AgentId, CallId, CallRecord, CallSid, Time } from "../call/types.ts";
import { toAppError } from "../errors.ts";
import { type WebhookContext, answerOf, routeOf } from "../server/webhooks/routes.ts";
import { createUrls } from "../twilio/addresses.ts";
import { changesCall, hasFailed, isAskedBy, isNextWay, subjectOf } from "./asked.ts";
import {
  type CallFile,
  type Request,
  type RequestAnswer,
  type Step,
  type Webhook,
  isRequest,
  isRequestAnswer,
  isWebhook,
  isWebhookAnswer,
} from "./call-file.ts";
import { guessGoodbye, guessReason } from "./guess.ts";
import { type ReplayedStep, type Walk, createWalk } from "./walk.ts";

export interface Unexplained {
  readonly at: Time;
  readonly request: Request;
  readonly isNextWay: boolean;
}

export interface Replay {
  readonly steps: readonly ReplayedStep[];
  /** The records at the end of the file. */
  readonly records: readonly CallRecord[];
  /** Requests that change a call, and that nothing explains. */
  readonly unexplained: readonly Unexplained[];
  /** Webhooks whose TwiML was computed again: the same as in the file, sentences aside, or another. */
  readonly answers: { readonly same: number; readonly different: readonly { id: number; route: string }[] };
  /** How many webhooks were not replayed: to other paths, sent again by hand, or without an answer of the server. */
  readonly skipped: { readonly foreign: number; readonly again: number; readonly unanswered: number };
  /** Requests that only read, such as surveys. */
  readonly reads: number;
  readonly settings: CallSettings;
  readonly agents: readonly AgentId[];
}

/** TwiML without its sentences, which depend on the language, the greeting and a transfer's note. */
const sentenceless = (twiml: string): string => twiml.replace(/<Say\b[^>]*>[^<]*<\/Say>/g, "");

/** Our own deadlines that have passed by then, each at its time. */
function passDeadlines({ rules, submit }: Walk, until: Time): void {
  for (let i = 0; i < 1_000; i += 1) {
    const due = rules
      .records()
      .flatMap(({ id, deadline }) => (deadline !== null && deadline <= until ? [{ id, deadline }] : []))
      .toSorted((a, b) => a.deadline - b.deadline)[0];
    if (!due) return;
    submit(due.id, { kind: "deadline-passed", at: due.deadline }, due.deadline, "clock");
  }
}

/** The record that a request is about. */
function callOf({ rules }: Walk, request: Request): CallId | undefined {
  const { call, callSid, conferenceSid } = subjectOf(request);
  if (call) return call;
  return rules
    .records()
    .find((record) =>
      callSid
        ? record.legs.some((leg) => leg.callSid === callSid)
        : record.conferenceSid !== null && record.conferenceSid === conferenceSid,
    )?.id;
}

/** Takes a request as the carrying out of an action that was decided. */
function carryOut({ expected, explained }: Walk, request: Request): boolean {
  const i = expected.findIndex(({ action }) => isAskedBy(action, request));
  const [found] = i === -1 ? [] : expected.splice(i, 1);
  if (!found) return false;
  found.found();
  explained.set(request.id, found.action);
  return true;
}

function seeRequest(walk: Walk, request: Request): boolean {
  if (!changesCall(request) || carryOut(walk, request)) return true;
  const call = callOf(walk, request);
  const guess = call && !isNextWay(request) ? guessReason(walk.situation(call, request.at)) : undefined;
  if (!call || !guess) return false;
  walk.submit(call, guess, request.at, "presumed");
  return carryOut(walk, request);
}

/** Twilio's answer to what an action asked, as the server feeds it to the rules (`src/call/running/perform.ts`). */
function seeAnswer({ explained, rules, submit }: Walk, { id, status, callSid, at }: RequestAnswer): void {
  const action = explained.get(id);
  const call = action && rules.records().find(({ legs }) => holds(legs, action))?.id;
  if (!action || !call) return;
  if (!hasFailed(action, status)) {
    if (action.kind !== "dial" || callSid === null) return;
    const { label } = action;
    return void submit(call, { kind: "leg-dialled", at, label, callSid: callSid as CallSid }, at, "answer");
  }
  const message = `Twilio answered ${status ?? "nothing"}`;
  const fact: Fact =
    action.kind === "dial"
      ? { kind: "dial-failed", at, label: action.label, reason: "error" }
      : { kind: "action-failed", at, action, message };
  submit(call, fact, at, "answer");
}

const holds = (legs: CallRecord["legs"], action: Action): boolean =>
  "callSid" in action
    ? legs.some(({ callSid }) => callSid === action.callSid)
    : !("label" in action) || legs.some(({ label }) => label === action.label);

/** What the server made of a webhook. */
interface Seen {
  route: string;
  twiml: string | null;
}

/**
 * Feeds a webhook to the rules by the server's own code, from the route to the fact (`src/server/webhooks/routes.ts`).
 * @returns undefined for a path that is none of the server's
 */
async function seeWebhook(walk: Walk, { id, at, url, params }: Webhook): Promise<Seen | undefined> {
  const { origin, pathname, search } = new URL(url);
  const route = routeOf(pathname + search);
  if (!route) return undefined;
  const { rules, submit, situation } = walk;
  const urls = createUrls(origin);
  const coordinator: Pick<Coordinator, "get" | "submit"> = {
    get: async (call) => rules.get(call),
    async submit(call, input) {
      if (input.kind === "participant-left" || input.kind === "leg-ended") {
        const goodbye = guessGoodbye(situation(call, at), input.label, input);
        if (goodbye) submit(call, goodbye, at, "presumed");
      }
      return submit(call, input, at, "webhook", { route: route[0], id }).decision;
    },
  };
  const voice = () => ({ urls, language: "en", greeting: null }) as const;
  const context: WebhookContext = { coordinator, acceptsCalls: () => true, now: () => at, voice };
  const twiml = await answerOf(route, pathname + search, params, context).catch((thrown: unknown) => {
    if (toAppError(thrown).category === "usage") return null;
    throw thrown;
  });
  return { route: route[0], twiml };
}

/** The answers of the file, by the webhook's number. */
const answersIn = (
  steps: readonly Step[],
): ReadonlyMap<number, { status: number | null; body: string | null }> =>
  new Map(steps.filter(isWebhookAnswer).map(({ id, status, body }) => [id, { status, body }]));

/** Decides a recorded call again, by the rules and the webhooks' code of this release. */
export async function replay(file: CallFile, given: CallSettings): Promise<Replay> {
  const walk = createWalk(file, given);
  const answers = answersIn(file.steps);
  const skipped = { foreign: 0, again: 0, unanswered: 0 };
  const unexplained: Unexplained[] = [];
  const different: { id: number; route: string }[] = [];
  let same = 0;
  for (const step of file.steps) {
    passDeadlines(walk, step.at);
    if (isRequest(step) && !seeRequest(walk, step))
      unexplained.push({ at: step.at, request: step, isNextWay: isNextWay(step) });
    if (isRequestAnswer(step)) seeAnswer(walk, step);
    if (!isWebhook(step)) continue;
    const answer = answers.get(step.id);
    if (step.again !== null) skipped.again += 1;
    else if (answer && answer.status === null) skipped.unanswered += 1;
    else {
      const seen = await seeWebhook(walk, step);
      if (!seen) skipped.foreign += 1;
      else if (seen.twiml !== null && answer?.body) {
        if (sentenceless(seen.twiml) === sentenceless(answer.body)) same += 1;
        else different.push({ id: step.id, route: seen.route });
      }
    }
  }
  const { steps, rules, requests, settings, agents } = walk;
  const reads = requests.filter(({ method }) => method === "GET").length;
  return {
    steps,
    records: rules.records(),
    unexplained,
    answers: { same, different },
    skipped,
    reads,
    settings,
    agents,
  };
}
