import type { AgentEvents, AgentView } from "../server/agent-events.ts";
import type { Colleague } from "../server/control-api.ts";
import type { StreamEvent } from "./pulse.ts";

/** A view, and the number of the last message in it. */
export interface Followed {
  n: number;
  view: AgentView;
}

type AgentMessage = {
  [Name in keyof AgentEvents]: { event: Name; n: number; data: AgentEvents[Name] };
}[keyof AgentEvents];

/** The message that a client sends after it missed a number. */
export const RESEND: StreamEvent = { event: "resend" };

function withChanges(known: readonly Colleague[], { all, agents }: AgentEvents["colleagues"]): Colleague[] {
  if (all) return [...agents];
  const changed = new Map(agents.map((agent) => [agent.id, agent]));
  return known.map((agent) => changed.get(agent.id) ?? agent);
}

/**
 * Applies one message of `/api/events` to a view: first a snapshot, then differences, each with the next number.
 * Returns null if a number is missing. The client must then ask for a snapshot.
 */
export function follow(last: Followed | null, { event, n, data }: StreamEvent): Followed | null {
  const message = { event, n, data } as AgentMessage;
  if (message.event === "snapshot") {
    const { agents, ...own } = message.data;
    return { n: message.n, view: { ...own, colleagues: agents.filter(({ id }) => id !== own.agent.id) } };
  }
  if (message.n !== (last?.n ?? NaN) + 1 || !last) return null;
  if (message.event === "own") return { n: message.n, view: { ...last.view, ...message.data } };
  if (message.event === "session-ended") return { ...last, n: message.n };
  const others = withChanges(last.view.colleagues, message.data);
  const { agent } = last.view;
  return { n: message.n, view: { ...last.view, colleagues: others.filter(({ id }) => id !== agent.id) } };
}
