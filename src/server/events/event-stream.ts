import type { ServerResponse } from "node:http";

const HEARTBEAT_MS = 15_000;
/** After how long a browser comes back when the stream has broken; by itself it may take many seconds. */
const RETRY_MS = 1_000;

/** One open `text/event-stream` answer. */
export interface EventStream {
  send(event: string, data: string): void;
  close(): void;
}

/**
 * Turns a response into an event stream. A comment every 15 s keeps proxies from closing it.
 * @param closed called once, when the browser or we have closed it
 */
export function openEventStream(response: ServerResponse, closed: () => void): EventStream {
  response.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
  response.write(`retry: ${RETRY_MS}\n\n`);
  const heartbeat = setInterval(() => response.write(":\n\n"), HEARTBEAT_MS).unref();
  response.once("close", () => {
    clearInterval(heartbeat);
    closed();
  });
  return {
    send(event, data) {
      if (!response.writableEnded) response.write(`event: ${event}\ndata: ${data}\n\n`);
    },
    close: () => void response.end(),
  };
}
