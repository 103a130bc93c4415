import type { StoryEntry } from "../../server/control-api.ts";

type Entry = Pick<StoryEntry, "event" | "agentName" | "reason">;

const WHY: Record<string, string> = {
  "no-answer": "did not answer",
  busy: "is busy",
  declined: "declines",
  unreachable: "could not be reached",
  machine: "is an answering machine",
  error: "could not be called",
  cancelled: "need not answer any more",
};

const because = (reason: string | null): string =>
  reason === null ? "" : `: ${reason === "error" ? "an error" : reason.replace("-", " ")}`;

/** A story's entry as a sentence without its full stop. */
export function storyWords({ event, agentName, reason }: Entry): string {
  const agent = agentName ?? "an agent";
  switch (event) {
    case "customer-called":
      return "the customer calls";
    case "agent-dialled":
      return `${agent} is dialled`;
    case "agent-ringing":
      return `${agent}'s page rings`;
    case "agent-joined":
      return `${agent} joins`;
    case "agent-not-reached":
      return `${agent} ${WHY[reason ?? "error"] ?? WHY.error}`;
    case "agent-left":
      return `${agent} leaves`;
    case "transfer-started":
      return `a transfer to ${agent} starts`;
    case "transfer-completed":
      return `the transfer to ${agent} is complete`;
    case "transfer-cancelled":
      return `the transfer to ${agent} is cancelled`;
    case "transfer-failed":
      return `the transfer to ${agent} failed${because(reason)}`;
    case "transfer-abandoned":
      return `the customer hung up before the transfer to ${agent} was complete`;
    case "customer-left":
      return "the customer hangs up";
    case "call-ended":
      return "the call is over";
  }
}
