import type { Refusal } from "../../../call/decision.ts";

/** A code's HTTP status, and its meaning. */
type Meaning = readonly [status: number, when: string];

/** Refusals of commands. */
const OF_CALLS = {
  "no-such-call": [404, "There is no such call."],
  "call-ended": [409, "The call has ended."],
  "not-in-call": [409, "The agent is not in this call."],
  "no-agent": [409, "No agent is in this call: the customer is waiting."],
  "transfer-open": [409, "This call already has a transfer in progress."],
  "no-transfer": [409, "This call has no transfer in progress."],
  "target-not-joined": [409, "The target has not joined yet."],
  "no-consultation": [409, "The customer is not on hold for a consultation."],
  completing: [409, "The starter is leaving, so the transfer can no longer be cancelled."],
  "target-is-self": [409, "An agent cannot transfer to himself or herself."],
  "target-unknown": [404, "There is no such agent to transfer to."],
  "target-busy": [409, "The target is in a call, or a call rings there."],
  "target-signed-out": [409, "The target is not ready for calls."],
  "no-such-participant": [404, "The call has no participant with that label."],
  "not-joined": [409, "The participant is not in the conference."],
  "is-customer": [409, "The customer cannot be removed, because that would end the call."],
  "last-agent": [409, "The call's only agent cannot be removed."],
} satisfies Record<Refusal["code"], Meaning>;

/** Refusals of every route. */
const OF_ALL = {
  usage: [400, "The request is malformed."],
  "not-signed-in": [401, "The request has no token and no session, or the session has ended."],
  "wrong-token": [401, "The operator token is wrong."],
  forbidden: [403, "The sender is not allowed to do this."],
  "not-found": [404, "No page or route has this address."],
  "wrong-version": [409, "Client and server have different versions of this API."],
  "too-many-tries": [429, "Too many wrong tokens or sign-in links from one sender in a minute."],
  "too-many-requests": [429, "Too many commands in a minute."],
  internal: [500, "The server failed to handle the request; its log has the details."],
  network: [502, "Twilio or the store could not be reached."],
} satisfies Record<string, Meaning>;

const OF_AGENTS = {
  "no-such-agent": [404, "There is no such agent."],
  "agent-exists": [409, "Another agent has this id."],
  "agent-in-call": [409, "The agent is in a call, or a call rings there."],
} satisfies Record<string, Meaning>;

const OF_STREAMS = {
  "upgrade-required": [426, "The request to open a WebSocket arrived without its `Upgrade` header."],
  "too-many-streams": [
    429,
    "Too many streams are open. Limits: 20 per session, 60 per agent, 100 for operators.",
  ],
} satisfies Record<string, Meaning>;

/** All error codes. */
export const REFUSALS = { ...OF_ALL, ...OF_CALLS, ...OF_AGENTS, ...OF_STREAMS };

export type RefusalCode = keyof typeof REFUSALS;

/** Error codes that any route may return. */
export const EVERYWHERE = Object.keys(OF_ALL) as RefusalCode[];
