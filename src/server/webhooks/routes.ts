import { parse } from "node:querystring";
import type { Coordinator } from "../../call/ports.ts";
import { CUSTOMER, type CallId, type CallRecord, type Label, type Leg } from "../../call/types.ts";
import {
  afterConference,
  announcement,
  connectCustomer,
  connectDialled,
  onHold,
  waiting,
} from "../../twilio/twiml/conference.ts";
import { type Voice, sentenceAndHangup } from "../../twilio/twiml/sentences.ts";
import {
  readBriefed,
  readCallEvent,
  readConferenceEvent,
  readInboundCall,
  readMessage,
} from "../../twilio/webhooks/facts.ts";
import { CALL_SID, type Form, LINE, type RawForm, createForm } from "../../twilio/webhooks/form.ts";
import type { ServerContext } from "../context.ts";

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
export type Route = readonly [name: string, path: RegExp, kind: "voice" | "notice", answer: Answer];

type Answer = (request: WebhookRequest, context: WebhookContext) => Promise<string | null>;

/** A webhook whose signature was right. */
interface WebhookRequest {
  /** The named groups of the route's path. */
  path: Readonly<Record<string, string>>;
  query: Form;
  form: Form;
}

export type WebhookContext = Pick<ServerContext, "acceptsCalls" | "now"> & {
  coordinator: Pick<Coordinator, "get" | "submit">;
  /** Follows the public URL. */
  voice: () => Voice;
};

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

/** The route of a path. As the tutorial's server, also with a slash at the end. @param address path and query as received */
export function routeOf(address: string): Route | undefined {
  const path = pathOf(address);
  return ROUTES.find(([, pattern]) => pattern.test(path));
}

const pathOf = (address: string): string => address.split("?", 1)[0]?.replace(/(?<=.)\/$/, "") ?? "";

/**
 * Answers a request whose signature is right: the TwiML, or null for 204.
 * @param address path and query as received
 * @throws AppError usage for wrong shapes
 */
export function answerOf(
  [, pattern, , answer]: Route,
  address: string,
  fields: RawForm,
  context: WebhookContext,
): Promise<string | null> {
  const query = createForm(parse(address.split("?", 2)[1] ?? ""));
  const path = pattern.exec(pathOf(address))?.groups ?? {};
  return answer({ path, query, form: createForm(fields) }, context);
}
