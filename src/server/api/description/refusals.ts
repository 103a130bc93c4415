import type { Refusal } from "../../../call/decision.ts";

/** A code's HTTP status, and its meaning. */
type Meaning = readonly [status: number, when: string];

/** Refusals of commands. */
const OF_CALLS = {
  "no-such-call": [404, "There is no such call."],
  "call-ended": [409, "The call has ended."],
  "not-in-call": [409, "The agent who asks is not in this call."],
  "no-agent": [409, "The customer is waiting: no agent is in this call."],
  "transfer-open": [409, "Another transfer of this call is under way."],
  "no-transfer": [409, "No transfer of this call is under way."],
  "target-not-joined": [409, "The target has not joined yet."],
  "no-consultation": [409, "The customer is not on hold for a consultation."],
  completing: [409, "The starter is leaving: the transfer cannot be cancelled any more."],
  "target-is-self": [409, "An agent cannot transfer to himself or herself."],
  "target-unknown": [404, "There is no such agent to transfer to."],
  "target-busy": [409, "The target is in a call or being rung."],
  "target-signed-out": [409, "The target is not ready for calls."],
  "no-such-participant": [404, "The call has no participant of that label."],
  "not-joined": [409, "The participant is not in the conference."],
  "is-customer": [409, "The customer cannot be removed: that would be the end of the call."],
  "last-agent": [409, "The only agent of a call cannot be removed."],
} satisfies Record<Refusal["code"], Meaning>;

/** Refusals of every route. */
const OF_ALL = {
  usage: [400, "The request is malformed."],
  "not-signed-in": [401, "There is no token and no session, or the session has ended."],
  "wrong-token": [401, "The operator token is not that of the server."],
  forbidden: [403, "Whoever asks may not do this."],
  "not-found": [404, "No page or route has this address."],
  "wrong-version": [409, "Client and server do not have the same version of this interface."],
  "too-many-tries": [429, "Too many wrong tokens or sign-in links from one sender in a minute."],
  "too-many-requests": [429, "Too many commands in a minute."],
  internal: [500, "The server failed to handle the request; its log has the details."],
  network: [502, "Twilio, or the store, could not be reached."],
} satisfies Record<string, Meaning>;

const OF_AGENTS = {
  "no-such-agent": [404, "There is no such agent."],
  "agent-exists": [409, "The id is taken."],
  "agent-in-call": [409, "The agent is in a call or being rung."],
} satisfies Record<string, Meaning>;

const OF_STREAMS = {
  "upgrade-required": [426, "The request to open a WebSocket arrived without its `Upgrade` header."],
  "too-many-streams": [429, "Too many streams are open: 20 of a session, 60 of an agent, 100 of operators."],
} satisfies Record<string, Meaning>;

/** All error codes. */
export const REFUSALS = { ...OF_ALL, ...OF_CALLS, ...OF_AGENTS, ...OF_STREAMS };

export type RefusalCode = keyof typeof REFUSALS;

/** Error codes that any route may return. */
export const EVERYWHERE = Object.keys(OF_ALL) as RefusalCode[];
