import type { ServerResponse } from "node:http";

const HEARTBEAT_MS = 15_000;
/** After how long a browser comes back when the stream has broken; by itself it may take many seconds. */
const RETRY_MS = 1_000;
/** Characters that may wait for a reader who does not read; then the stream is broken off, rather than that they pile up. */
const MAX_BACKLOG = 16 * 1024 * 1024;

/** One open `text/event-stream` answer. */
export interface EventStream {
  /** Sends events that were written with `eventText`. A reader who is far too slow loses the stream. */
  send(events: string): void;
  close(): void;
}

/** An event as it goes over the wire. @param data without line breaks, as JSON is */
export const eventText = (event: string, data: string): string => `event: ${event}\ndata: ${data}\n\n`;

/**
 * Turns a response into an event stream. A comment every 15 s keeps proxies from closing it.
 * @param closed called once, when the reader or we have closed it
 */
export function openEventStream(
  response: ServerResponse,
  closed: () => void,
  { heartbeatMs = HEARTBEAT_MS, maxBacklog = MAX_BACKLOG } = {},
): EventStream {
  response.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
  response.write(`retry: ${RETRY_MS}\n\n`);
  const heartbeat = setInterval(() => response.write(":\n\n"), heartbeatMs).unref();
  const end = (): void => {
    clearInterval(heartbeat);
    closed();
  };
  // A reader may have gone before there was anything to read.
  if (response.closed) queueMicrotask(end);
  else response.once("close", end);
  return {
    send(events) {
      if (response.writableEnded || response.destroyed) return;
      if (response.writableLength > maxBacklog) response.destroy();
      else response.write(events);
    },
    close: () => void response.end(),
  };
}
