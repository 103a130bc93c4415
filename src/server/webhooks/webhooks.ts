import type { Coordinator } from "../../call/ports.ts";
import { type CallId, type CallRecord, CUSTOMER, type Leg } from "../../call/types.ts";
import { afterConference, connectAgent, connectCustomer } from "../../twilio/twiml/conference.ts";
import { type Voice, sentenceAndHangup } from "../../twilio/twiml/sentences.ts";
import { announcement, onHold, waiting } from "../../twilio/twiml/waiting.ts";
import { readCallEvent, readConferenceEvent, readInboundCall } from "../../twilio/webhooks/facts.ts";
import { CALL_SID, type Form, LINE } from "../../twilio/webhooks/form.ts";

/** A webhook whose signature was right. */
export interface WebhookRequest {
  /** The named groups of the route's path. */
  path: Readonly<Record<string, string>>;
  query: Form;
  form: Form;
}

/** One of Twilio's routes. `voice`: somebody is on the line and hears the answer; else it is a notice. */
export interface Webhook {
  /** For logs and figures. */
  name: string;
  path: RegExp;
  voice: boolean;
  /** TwiML, or null for 204. @throws AppError usage for wrong shapes */
  answer(request: WebhookRequest): Promise<string | null>;
}

export interface WebhookContext {
  coordinator: Coordinator;
  /** Follows the public URL. */
  voice: () => Voice;
  /** False when new customers are turned away. */
  acceptsCalls: () => boolean;
  /** Milliseconds since 1970. */
  now: () => number;
}

type Answer = (request: WebhookRequest, context: WebhookContext) => Promise<string | null>;

/** The paths of the tutorial's Node server and of its C# server. */
const ROUTES: [name: string, path: RegExp, kind: "voice" | "notice", answer: Answer][] = [
  ["customer", /^\/conference\/connect\/?client$/i, "voice", customerCalled],
  ["wait", /^\/conference\/wait$/i, "voice", customerWaits],
  ["announcement", /^\/conference\/announcement$/i, "voice", customerHearsAnnouncement],
  ["hold", /^\/conference\/hold$/i, "voice", customerIsHeld],
  ["agent", /^\/conference\/(?<call>[^/]+)\/connect\/(?<leg>[^/]+)$/i, "voice", agentAnswered],
  ["agent", /^\/conference\/connect(?<agent>agent[12])$/i, "voice", tutorialAgentAnswered],
  ["left", /^\/conference\/(?<call>[^/]+)\/left\/(?<leg>[^/]+)$/i, "voice", legLeft],
  ["fallback", /^\/fallback$/i, "voice", serverFailed],
  ["conference-events", /^\/conference\/events$/i, "notice", conferenceEvent],
  ["call-events", /^\/call\/events$/i, "notice", callEvent],
];

/** Twilio's routes. Answered from the record alone: no request to Twilio is awaited. */
export function webhooks(context: WebhookContext): Webhook[] {
  return ROUTES.map(([name, path, kind, answer]) => ({
    name,
    path,
    voice: kind === "voice",
    answer: (request) => answer(request, context),
  }));
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

async function customerIsHeld(_request: WebhookRequest, { voice }: WebhookContext): Promise<string> {
  return onHold(voice());
}

async function customerHearsAnnouncement(_: WebhookRequest, { voice }: WebhookContext): Promise<string> {
  return announcement(voice());
}

function agentAnswered({ path, form }: WebhookRequest, context: WebhookContext): Promise<string> {
  return connectLeg(path.call ?? "", path.leg ?? "", form, context);
}

async function tutorialAgentAnswered(request: WebhookRequest, context: WebhookContext): Promise<string> {
  const { path, query, form } = request;
  const id = query.required("conferenceId", CALL_SID);
  return connectLeg(id, (path.agent ?? "").toLowerCase(), form, context);
}

/** @param segment a leg's label or (as in the tutorial) an agent, whose newest leg it then means */
async function connectLeg(
  id: string,
  segment: string,
  form: Form,
  { coordinator, voice }: WebhookContext,
): Promise<string> {
  const call = await coordinator.get(id as CallId);
  return connectAgent(call, findLeg(call, segment, form.required("CallSid", CALL_SID)), voice());
}

function findLeg(call: CallRecord | undefined, segment: string, callSid: string): Leg | undefined {
  const legs = call?.legs ?? [];
  const leg =
    legs.find((leg) => leg.label === segment) ??
    legs.findLast((leg) => leg.party.kind === "agent" && leg.party.agent === segment);
  return leg?.callSid === null || leg?.callSid === callSid ? leg : undefined;
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

async function serverFailed(_request: WebhookRequest, { voice }: WebhookContext): Promise<string> {
  return sentenceAndHangup(voice().language, "error");
}

async function conferenceEvent({ form }: WebhookRequest, context: WebhookContext): Promise<null> {
  return submitted(readConferenceEvent(form, context.now()), context);
}

async function callEvent({ query, form }: WebhookRequest, context: WebhookContext): Promise<null> {
  return submitted(readCallEvent(query, form, context.now()), context);
}

/** Twilio gets its 204 when what the event changed is saved. */
async function submitted(
  { call, fact }: ReturnType<typeof readCallEvent>,
  { coordinator }: WebhookContext,
): Promise<null> {
  if (fact) await coordinator.submit(call, fact);
  return null;
}
