import type { RawData, WebSocket } from "ws";
import { type Every, type StreamEvent, createPulse } from "../../wire/pulse.ts";

/** Unsent bytes after which a slow reader loses the stream. */
const MAX_BACKLOG = 16 * 1024 * 1024;

/** Messages, pings included, that a client may send in each window. A page sends a few a minute. */
const MAX_MESSAGES = 100;
const WINDOW_MS = 5_000;

/** How many times 5 s a stream that keeps silent clients waits for one: 15 minutes. */
const MAX_SILENT = 180;

/** Close codes (RFC 6455, 7.4). */
export const CLOSE = { goingAway: 1001, policy: 1008, trouble: 1011, sessionEnded: 4401 } as const;

/** One open stream: JSON messages over a WebSocket, both ways. */
export interface Stream {
  /** @param text from `messageText` */
  send(text: string): void;
  close(code: number, reason: string): void;
}

interface Ends {
  /** Called for each message but pings and pongs. */
  received?: (message: StreamEvent) => void;
  /** Keeps a silent client. Called with false when it becomes silent, and with true when it answers again. */
  answers?: (isAnswering: boolean) => void;
  /** Called once, after either end has closed the stream. */
  closed: () => void;
}

/** Serializes a message. @param data JSON @param n its number in the stream */
export function messageText(event: string, data: string, n?: number): string {
  const number = n === undefined ? "" : `"n":${n},`;
  return `{"event":"${event}",${number}"data":${data}}`;
}

/** Also sends and answers pings. */
export function openStream(
  socket: WebSocket,
  { received, answers, closed }: Ends,
  { maxBacklog = MAX_BACKLOG, every }: { maxBacklog?: number; every?: Every } = {},
): Stream {
  const send = (text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > maxBacklog) socket.terminate();
    else socket.send(text);
  };
  let silentFor = 0;
  const silent = (): void => {
    silentFor += 1;
    if (!answers || silentFor > MAX_SILENT) socket.terminate();
    else if (silentFor === 1) answers(false);
  };
  const pulse = createPulse({ send, drop: silent, ...(every ? { every } : {}) });
  let [count, since] = [0, performance.now()];
  const isFlood = (): boolean => {
    const now = performance.now();
    if (now - since > WINDOW_MS) [count, since] = [0, now];
    return (count += 1) > MAX_MESSAGES;
  };
  const receive = (data: RawData): void => {
    if (silentFor > 0) answers?.(true);
    silentFor = 0;
    if (isFlood()) return socket.close(CLOSE.policy, "Too many messages.");
    try {
      const message = pulse.heard((data as Buffer).toString());
      if (message) received?.(message);
    } catch {
      socket.close(CLOSE.policy, "A message could not be read.");
    }
  };
  socket.on("message", receive);
  // After a faulty frame ws closes the socket itself.
  socket.on("error", () => undefined);
  socket.once("close", () => {
    pulse.stop();
    closed();
  });
  return { send, close: (code, reason) => socket.close(code, reason) };
}
