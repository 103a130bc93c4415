import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import { CUSTOMER, type CallId, type CallRecord, type Label, type Leg } from "../../call/types.ts";
import { AppError, toAppError } from "../../errors.ts";
import { afterConference, connectCustomer, connectDialled } from "../../twilio/twiml/conference.ts";
import { type Voice, sentenceAndHangup } from "../../twilio/twiml/sentences.ts";
import { announcement, onHold, waiting } from "../../twilio/twiml/waiting.ts";
import {
  readBriefed,
  readCallEvent,
  readConferenceEvent,
  readInboundCall,
  readMessage,
} from "../../twilio/webhooks/facts.ts";
import { CALL_SID, type Form, LINE, createForm } from "../../twilio/webhooks/form.ts";
import type { VerifyWebhook } from "../../twilio/webhooks/signature.ts";
import type { ServerContext } from "../context.ts";
import { errorAnswer, statusOf, within } from "../http-errors.ts";
import type { AnsweredWebhook } from "../ops/signals.ts";
import { isRefusal, readFields } from "./read-fields.ts";

/** The paths of the tutorial's Node server and of its C# server. Answered from the record alone, without a request to Twilio. */
const ROUTES: readonly Route[] = [
  ["customer", /^\/conference\/connect\/?client$/i, "voice", customerCalled],
  ["wait", /^\/conference\/wait$/i, "voice", customerWaits],
  ["announcement", /^\/conference\/announcement$/i, "voice", announcementHeard],
  ["hold", /^\/conference\/hold$/i, "voice", async (_, { voice }) => onHold(voice())],
  ["agent", /^\/conference\/(?<call>[^/]+)\/connect\/(?<leg>[^/]+)$/i, "voice", agentAnswered],
  ["briefed", /^\/conference\/(?<call>[^/]+)\/briefed\/(?<leg>[^/]+)$/i, "voice", phoneWasBriefed],
  ["agent", /^\/conference\/connect(?<agent>agent[12])$/i, "voice", tutorialAgentAnswered],
  ["left", /^\/conference\/(?<call>[^/]+)\/left\/(?<leg>[^/]+)$/i, "voice", legLeft],
  ["message", /^\/conference\/(?<call>[^/]+)\/message$/i, "voice", customerLeftMessage],
  ["recording-events", /^\/conference\/(?<call>[^/]+)\/recording$/i, "notice", recordingEvent],
  [
    "fallback",
    /^\/fallback$/i,
    "voice",
    async (_, { voice }) => sentenceAndHangup(voice().language, "error"),
  ],
  ["conference-events", /^\/conference\/events$/i, "notice", conferenceEvent],
  ["call-events", /^\/call\/events$/i, "notice", callEvent],
];

/**
 * One of Twilio's routes, named for logs and metrics. `voice`: a person on the line hears the answer. The answer is TwiML, or
 * null for 204; it throws AppError usage for wrong shapes.
 */
type Route = readonly [name: string, path: RegExp, kind: "voice" | "notice", answer: Answer];

type Answer = (request: WebhookRequest, context: WebhookContext) => Promise<string | null>;

/** A webhook whose signature was right. */
interface WebhookRequest {
  /** The named groups of the route's path. */
  path: Readonly<Record<string, string>>;
  query: Form;
  form: Form;
}

type WebhookContext = Pick<ServerContext, "coordinator" | "acceptsCalls" | "now"> & {
  /** Follows the public URL. */
  voice: () => Voice;
};

export interface WebhookOptions extends WebhookContext, Pick<ServerContext, "signatures" | "onError"> {
  verify: VerifyWebhook;
  onWebhook: (seen: AnsweredWebhook) => void;
}

async function customerCalled({ form }: WebhookRequest, context: WebhookContext): Promise<string> {
  const { coordinator, voice, acceptsCalls, now } = context;
  const { call, fact } = readInboundCall(form, now());
  if (!acceptsCalls() && !(await coordinator.get(call)))
    return sentenceAndHangup(voice().language, "notAccepted");
  return connectCustomer((await coordinator.submit(call, fact)).record, voice());
}

async function customerWaits({ query }: WebhookRequest, { voice }: WebhookContext): Promise<string> {
  return waiting(query.optional("round", /^(\d{1,6}|back)$/) ?? "0", voice());
}

async function announcementHeard({ query }: WebhookRequest, { voice }: WebhookContext): Promise<string> {
  const isInDoubt = query.optional("what", LINE) === "agent-in-doubt";
  return announcement(isInDoubt ? "agent-in-doubt" : "hold-the-line", voice());
}

/** The path's leg is a label or (as in the tutorial) an agent, whose newest leg it then means. */
async function agentAnswered(
  { path, form }: WebhookRequest,
  { coordinator, voice }: WebhookContext,
  how?: { isBriefed: boolean },
): Promise<string> {
  const call = await coordinator.get(path.call as CallId);
  return connectDialled(
    call,
    findLeg(call, path.leg ?? "", form.required("CallSid", CALL_SID)),
    voice(),
    how,
  );
}

async function tutorialAgentAnswered(request: WebhookRequest, context: WebhookContext): Promise<string> {
  const call = request.query.required("conferenceId", CALL_SID);
  return agentAnswered({ ...request, path: { call, leg: request.path.agent?.toLowerCase() ?? "" } }, context);
}

function findLeg(call: CallRecord | undefined, segment: string, callSid: string): Leg | undefined {
  const legs = call?.legs ?? [];
  const leg =
    legs.find((leg) => leg.label === segment) ??
    legs.findLast((leg) => leg.party.kind === "agent" && leg.party.agent === segment);
  return leg?.callSid === null || leg?.callSid === callSid ? leg : undefined;
}

async function phoneWasBriefed(request: WebhookRequest, context: WebhookContext): Promise<string> {
  const { coordinator, voice, now } = context;
  const refusal = readBriefed(request.form, request.path.leg as Label, now());
  if (refusal === null) return agentAnswered(request, context, { isBriefed: true });
  await coordinator.submit(request.path.call as CallId, refusal);
  return sentenceAndHangup(voice().language, "notTaken");
}

async function legLeft({ path, query, form }: WebhookRequest, context: WebhookContext): Promise<string> {
  const { coordinator, voice, now } = context;
  const [id, label] = [path.call as CallId, path.leg ?? ""];
  if (label !== CUSTOMER || form.optional("CallStatus", LINE) !== "in-progress")
    return afterConference(await coordinator.get(id), label, voice(), now());
  const stay = Number(query.optional("stay", /^\d{1,4}$/) ?? 0);
  const { record, refusal } = await coordinator.submit(id, { kind: "customer-released", at: now(), stay });
  return afterConference(refusal ? undefined : record, label, voice(), now());
}

async function customerLeftMessage({ path, form }: WebhookRequest, context: WebhookContext): Promise<string> {
  const fact = readMessage(form, context.now());
  await submitted({ call: path.call as CallId, fact }, context);
  return sentenceAndHangup(context.voice().language, fact ? "messageTaken" : "noMessage");
}

async function conferenceEvent({ form }: WebhookRequest, context: WebhookContext): Promise<null> {
  return submitted(readConferenceEvent(form, context.now()), context);
}

async function callEvent({ query, form }: WebhookRequest, context: WebhookContext): Promise<null> {
  return submitted(readCallEvent(query, form, context.now()), context);
}

async function recordingEvent({ path, form }: WebhookRequest, context: WebhookContext): Promise<null> {
  return submitted({ call: path.call as CallId, fact: readMessage(form, context.now()) }, context);
}

/** Twilio gets its 204 when what the event changed is saved. */
async function submitted(
  { call, fact }: ReturnType<typeof readCallEvent>,
  { coordinator }: WebhookContext,
): Promise<null> {
  if (fact) await coordinator.submit(call, fact);
  return null;
}

/** Twilio gives up after 15 s; a caller should not hear nothing for that long. */
const ANSWER_WITHIN_MS = 4_000;

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}

const sendTwiml = (response: ServerResponse, twiml: string): void => send(response, 200, "text/xml", twiml);

function refuse(response: ServerResponse, status: number, error: AppError): void {
  // Otherwise Node would read the rest of an unread body as the next request.
  response.setHeader("Connection", "close");
  send(response, status, "application/json", JSON.stringify(errorAnswer(error)));
}

/** Never 429, and a person on the line always hears a sentence: only a wrong request gets an error. */
function answerError(
  response: ServerResponse,
  kind: Route[2],
  error: AppError,
  options: WebhookOptions,
): void {
  if (error.category === "usage") return refuse(response, 400, error);
  options.onError(error);
  if (kind === "voice") sendTwiml(response, sentenceAndHangup(options.voice().language, "error"));
  else refuse(response, Math.max(500, statusOf(error)), error);
}

async function answerRoute(
  [, pattern, kind, answer]: Route,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  options: WebhookOptions,
): Promise<void> {
  const fields = await readFields(request);
  if (isRefusal(fields)) return refuse(response, fields.status, new AppError("usage", fields.message));
  const signature = request.headers["x-twilio-signature"]?.toString();
  const signed = { path: request.url ?? "", signature, fields };
  const isSigned = options.verify(signed);
  options.signatures[isSigned ? "accepted" : "refused"](signed);
  if (!isSigned)
    return refuse(
      response,
      403,
      new AppError("auth", "This request is not signed by Twilio for this account."),
    );
  const query = createForm(parse(request.url?.split("?", 2)[1] ?? ""));
  const groups = pattern.exec(path)?.groups ?? {};
  try {
    const work = answer({ path: groups, query, form: createForm(fields) }, options);
    const twiml = await within(ANSWER_WITHIN_MS, work);
    if (twiml === null) response.writeHead(204).end();
    else sendTwiml(response, twiml);
  } catch (thrown) {
    answerError(response, kind, toAppError(thrown), options);
  }
}

/**
 * Answers Twilio's routes, before and without the rest of the application: nothing but size, type and signature stands
 * between a webhook and its handler. Returns false for any other path.
 */
export function createWebhookListener(
  options: WebhookOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    // As the tutorial's server, also with a slash at the end. The signature is checked against what was sent.
    const path = request.url?.split("?", 1)[0]?.replace(/(?<=.)\/$/, "") ?? "";
    const route = ROUTES.find(([, pattern]) => pattern.test(path));
    if (!route) return false;
    if (request.method !== "POST") {
      response.setHeader("Allow", "POST");
      refuse(response, 405, new AppError("usage", "This address takes POST only."));
      return true;
    }
    const began = performance.now();
    const report = (): void => {
      const answered = { route: route[0], status: response.statusCode, ms: performance.now() - began };
      if (response.headersSent) options.onWebhook(answered);
    };
    void answerRoute(route, path, request, response, options)
      .catch((thrown: unknown) => {
        // A client that hung up in the middle of its request is no failure of the server.
        if (request.complete) options.onError(toAppError(thrown));
        response.destroy();
      })
      .then(report);
    return true;
  };
}
