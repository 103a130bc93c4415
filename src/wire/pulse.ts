/** How often each end of a stream pings the other, in ms. */
const PING_EVERY_MS = 5_000;

/** Pings in a row that may stay unanswered: the third one is not sent, and the connection is dropped 10 s after the first. */
const UNANSWERED = 2;

/** One message of a stream, as JSON. */
export interface StreamEvent {
  event: string;
  /** Its number in the stream, where messages are numbered. */
  n?: number;
  data?: unknown;
}

/** Calls `act` every so many milliseconds. Returns the way to stop. */
export type Every = (ms: number, act: () => void) => () => void;

const byTimer: Every = (ms, act) => {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
};

interface Ends {
  send: (text: string) => void;
  /** The other end is gone: nothing was heard of it for 10 s. */
  drop: () => void;
  /** Reads a message; default: `JSON.parse`. */
  parse?: (text: string) => unknown;
  every?: Every;
}

export interface Pulse {
  /** Takes each message that arrives. Returns the event, or undefined for a ping or pong, which is dealt with. @throws SyntaxError */
  heard(text: string): StreamEvent | undefined;
  stop(): void;
}

const PING = JSON.stringify({ event: "ping" } satisfies StreamEvent);
const PONG = JSON.stringify({ event: "pong" } satisfies StreamEvent);

/**
 * Keeps one end of a stream alive, the same at both ends: pings, answers pings, and drops a silent connection. Pings are
 * messages, because browsers cannot send WebSocket pings. It counts pings rather than time, so that an end whose timers were
 * late (a background tab, a machine that slept) gives the other one a full chance to answer.
 */
export function createPulse({ send, drop, parse = JSON.parse, every = byTimer }: Ends): Pulse {
  let unanswered = 0;
  const stop = every(PING_EVERY_MS, () => {
    if (unanswered >= UNANSWERED) return drop();
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
