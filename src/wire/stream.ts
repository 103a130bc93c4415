import type { AgentEvents, AgentView } from "../server/agent-events.ts";
import type { Colleague } from "../server/control-api.ts";

/** How often each end of a stream pings the other, in ms. */
const PING_EVERY_MS = 5_000;

/** Unanswered pings before the other end counts as silent, which is 10 s after the first. No more are sent. */
const MAX_UNANSWERED = 2;

export interface StreamEvent {
  event: string;
  /** Its number in the stream, if messages are numbered. */
  n?: number;
  data?: unknown;
}

/** Calls `act` every `ms` milliseconds. Returns a function that stops. */
export type Every = (ms: number, act: () => void) => () => void;

export const byTimer: Every = (ms, act) => {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
};

interface Ends {
  send: (text: string) => void;
  /** Called after 10 s without an answer, and every 5 s from then on. */
  drop: () => void;
  /** Default: `JSON.parse`. */
  parse?: (text: string) => unknown;
  every?: Every;
}

export interface Pulse {
  /** Call it with each message. Returns the event; handles pings and pongs and returns undefined. @throws SyntaxError */
  heard(text: string): StreamEvent | undefined;
  stop(): void;
}

const PING = JSON.stringify({ event: "ping" } satisfies StreamEvent);
const PONG = JSON.stringify({ event: "pong" } satisfies StreamEvent);

/**
 * Pings, answers pings, and drops a silent connection. Both ends use it. Pings are messages, because browsers cannot send
 * WebSocket pings. It counts pings, not time, so that late timers (a background tab, a machine that slept) leave the other
 * end its full time to answer.
 */
export function createPulse({ send, drop, parse = JSON.parse, every = byTimer }: Ends): Pulse {
  let unanswered = 0;
  const stop = every(PING_EVERY_MS, () => {
    if (unanswered >= MAX_UNANSWERED) return drop();
    unanswered += 1;
    send(PING);
  });
  return {
    heard(text) {
      unanswered = 0;
      const message = parse(text) as StreamEvent;
      if (typeof message.event !== "string") throw new SyntaxError("This is no event.");
      if (message.event === "ping") send(PONG);
      return message.event === "ping" || message.event === "pong" ? undefined : message;
    },
    stop,
  };
}

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
