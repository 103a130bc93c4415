import type { StoryEntry } from "../../server/control-api.ts";

type Entry = Pick<StoryEntry, "event" | "agent" | "agentName" | "reason">;

const WHY: Record<string, string> = {
  "no-answer": "did not answer",
  busy: "is busy",
  declined: "declines",
  unreachable: "could not be reached",
  machine: "is an answering machine",
  error: "could not be called",
  cancelled: "is no longer being called",
};

const because = (reason: string | null): string =>
  reason === null ? "" : `: ${reason === "error" ? "an error" : reason.replace("-", " ")}`;

type Sentence = (name: string, reason: string | null, isAgent: boolean) => string;

const SENTENCES: Record<StoryEntry["event"], Sentence> = {
  "customer-called": () => "the customer calls",
  "agent-dialled": (agent) => `${agent} is dialled`,
  "agent-ringing": (name, _, isAgent) => `${name}'s ${isAgent ? "page" : "phone"} rings`,
  "agent-joined": (agent) => `${agent} joins`,
  "agent-not-reached": (agent, reason) => `${agent} ${WHY[reason ?? "error"] ?? WHY.error}`,
  "agent-left": (agent) => `${agent} leaves`,
  "transfer-started": (agent) => `a transfer to ${agent} starts`,
  "transfer-completed": (agent) => `the transfer to ${agent} is complete`,
  "transfer-cancelled": (agent) => `the transfer to ${agent} is cancelled`,
  "transfer-failed": (agent, reason) => `the transfer to ${agent} failed${because(reason)}`,
  "transfer-abandoned": (agent, reason) =>
    `${reason === "customer" ? "the customer hung up" : "the call ended"} before the transfer to ${agent} was complete`,
  "customer-left": (_, reason) => (reason === "customer" ? "the customer hangs up" : "the customer leaves"),
  "message-left": () => "the customer has left a message",
  "call-ended": (_, reason) =>
    reason === "time-limit" ? "the call is over: it reached its time limit" : "the call is over",
};

/** A sentence without its full stop. */
export function storyWords({ event, agent, agentName, reason }: Entry): string {
  return SENTENCES[event](agentName ?? "an agent", reason, agent !== null);
}
