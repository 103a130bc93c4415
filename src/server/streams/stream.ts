import type { RawData, WebSocket } from "ws";
import { type Every, type StreamEvent, createPulse } from "../../wire/pulse.ts";

/** Bytes that may wait for a reader who does not read; then the stream is cut, rather than that they pile up. */
const MAX_BACKLOG = 16 * 1024 * 1024;

/** Messages of a reader within a few seconds, pings included; a page says something a few times a minute. */
const MOST_MESSAGES = 100;
const FEW_SECONDS_MS = 5_000;

/** Why we close a stream (RFC 6455, 7.4). */
export const CLOSE = { goingAway: 1001, policy: 1008, trouble: 1011, sessionEnded: 4401 } as const;

/** One open stream: JSON messages over a WebSocket, both ways. */
export interface Stream {
  /** Sends a message as it goes over the wire. A reader who is far too slow loses the stream. */
  send(text: string): void;
  close(code: number, reason: string): void;
}

interface Ends {
  /** A message that is neither ping nor pong. */
  received?: (message: StreamEvent) => void;
  /** Called once, when either end has closed it. */
  closed: () => void;
}

/** A message as it goes over the wire. @param data JSON @param n its number in the stream */
export function messageText(event: string, data: string, n?: number): string {
  const number = n === undefined ? "" : `"n":${n},`;
  return `{"event":"${event}",${number}"data":${data}}`;
}

/** Makes a stream of a socket, and answers and sends pings. */
export function openStream(
  socket: WebSocket,
  { received, closed }: Ends,
  { maxBacklog = MAX_BACKLOG, every }: { maxBacklog?: number; every?: Every } = {},
): Stream {
  const send = (text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > maxBacklog) socket.terminate();
    else socket.send(text);
  };
  const pulse = createPulse({ send, drop: () => socket.terminate(), ...(every ? { every } : {}) });
  let [count, since] = [0, performance.now()];
  const isFlood = (): boolean => {
    const now = performance.now();
    if (now - since > FEW_SECONDS_MS) [count, since] = [0, now];
    return (count += 1) > MOST_MESSAGES;
  };
  const take = (data: RawData): void => {
    if (isFlood()) return socket.close(CLOSE.policy, "Too many messages.");
    try {
      const message = pulse.heard((data as Buffer).toString());
      if (message) received?.(message);
    } catch {
      socket.close(CLOSE.policy, "A message could not be read.");
    }
  };
  socket.on("message", take);
  // What is wrong with a frame: ws closes the socket itself.
  socket.on("error", () => undefined);
  socket.once("close", () => {
    pulse.stop();
    closed();
  });
  return { send, close: (code, reason) => socket.close(code, reason) };
}
