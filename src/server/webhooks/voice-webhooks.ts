import type { Coordinator } from "../../call/ports.ts";
import { type CallId, type CallRecord, CUSTOMER, type Leg } from "../../call/types.ts";
import { afterConference } from "../../twilio/twiml/after-conference.ts";
import { type Voice, connectAgent, connectCustomer } from "../../twilio/twiml/connect.ts";
import { sentenceAndHangup } from "../../twilio/twiml/sentence.ts";
import { onHold, waiting } from "../../twilio/twiml/waiting.ts";
import type { Form } from "../../twilio/webhooks/form.ts";
import { readInboundCall } from "../../twilio/webhooks/inbound-call.ts";
import { CALL_SID, LINE } from "../../twilio/webhooks/shapes.ts";
import type { Webhook } from "./webhook.ts";

export interface WebhookContext {
  coordinator: Coordinator;
  /** Follows the public URL. */
  voice: () => Voice;
  /** False when new customers are turned away. */
  acceptsCalls: () => boolean;
  /** Milliseconds since 1970. */
  now: () => number;
}

const ROUND = /^\d{1,6}$/;
const roundOf = (query: Form): number => Number(query.optional("round", ROUND) ?? 0);

/** The leg that a path's segment means: a label, or (as in the tutorial) an agent, whose newest leg it then is. */
function findLeg(call: CallRecord | undefined, segment: string, callSid: string): Leg | undefined {
  const legs = call?.legs ?? [];
  const leg =
    legs.find((leg) => leg.label === segment) ??
    legs.findLast((leg) => leg.party.kind === "agent" && leg.party.agent === segment);
  return leg?.callSid === null || leg?.callSid === callSid ? leg : undefined;
}

/**
 * The routes at which somebody is on the line, on the tutorial's Node paths and on its C# paths. Answered from the record
 * alone: no request to Twilio is awaited.
 */
export function voiceWebhooks({ coordinator, voice, acceptsCalls, now }: WebhookContext): Webhook[] {
  const connectLeg = async (id: string, segment: string, form: Form): Promise<string> => {
    const call = await coordinator.get(id as CallId);
    return connectAgent(call, findLeg(call, segment, form.required("CallSid", CALL_SID)), voice());
  };
  const leftConference = async (id: CallId, label: string, form: Form) => {
    const call = await coordinator.get(id);
    if (!call || label !== CUSTOMER || form.optional("CallStatus", LINE) !== "in-progress") return call;
    return (await coordinator.submit(id, { kind: "customer-released", at: now() })).record;
  };
  const answers: [string, RegExp, Webhook["answer"]][] = [
    [
      "customer",
      /^\/conference\/connect\/?client$/i,
      async ({ form }) => {
        const { call, fact } = readInboundCall(form, now());
        if (!acceptsCalls() && !(await coordinator.get(call)))
          return sentenceAndHangup(voice().language, "notAccepted");
        return connectCustomer((await coordinator.submit(call, fact)).record, voice());
      },
    ],
    ["wait", /^\/conference\/wait$/i, async ({ query }) => waiting(roundOf(query), voice())],
    ["hold", /^\/conference\/hold$/i, async () => onHold(voice())],
    [
      "agent",
      /^\/conference\/(?<call>[^/]+)\/connect\/(?<leg>[^/]+)$/i,
      ({ path, form }) => connectLeg(path.call ?? "", path.leg ?? "", form),
    ],
    [
      "agent",
      /^\/conference\/connect(?<agent>agent[12])$/i,
      ({ path, query, form }) =>
        connectLeg(query.required("conferenceId", CALL_SID), (path.agent ?? "").toLowerCase(), form),
    ],
    [
      "left",
      /^\/conference\/(?<call>[^/]+)\/left\/(?<leg>[^/]+)$/i,
      async ({ path, form }) => {
        const call = await leftConference(path.call as CallId, path.leg ?? "", form);
        return afterConference(call, path.leg ?? "", voice(), now());
      },
    ],
    ["fallback", /^\/fallback$/i, async () => sentenceAndHangup(voice().language, "error")],
  ];
  return answers.map(([name, path, answer]) => ({ name, path, voice: true, answer }));
}
