import { on } from "node:events";
import type { IncomingMessage } from "node:http";
import type { RawData, WebSocket } from "ws";
import { createPulse, type StreamEvent } from "../wire/stream.ts";
import { parseAnswer } from "./control/parse-answer.ts";

/** The server's largest message is a snapshot of all calls. */
const LARGEST_MESSAGE = 64 * 1024 * 1024;

export interface OpenStream {
  /** The server's messages, until either end closes the stream. */
  readonly events: AsyncIterable<StreamEvent>;
  /** The headers of the server's handshake. */
  readonly headers: Headers;
  send(event: StreamEvent): void;
  close(): void;
}

/** The server, or a proxy, refused the WebSocket handshake with an HTTP response. */
export class HandshakeError extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super(`The handshake was answered with HTTP ${response.status}.`);
    this.response = response;
  }
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    headers.append(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
  return headers;
}

async function refusalOf(answer: IncomingMessage): Promise<HandshakeError> {
  let body = "";
  for await (const chunk of answer) body += String(chunk);
  return new HandshakeError(
    new Response(body, { status: answer.statusCode ?? 502, headers: headersOf(answer) }),
  );
}

/** Yields messages, answers pings, and drops a silent server. */
async function* eventsOf(socket: WebSocket, arrivals: AsyncIterable<unknown[]>): AsyncGenerator<StreamEvent> {
  const pulse = createPulse({
    send: (text) => socket.send(text),
    drop: () => socket.terminate(),
    parse: parseAnswer,
  });
  socket.once("close", () => pulse.stop());
  for await (const [data] of arrivals) {
    const event = pulse.heard((data as RawData as Buffer).toString());
    if (event) yield event;
  }
}

/** Resolves when the handshake is done. */
function handshake(socket: WebSocket, signal: AbortSignal): Promise<Headers> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
      socket.terminate();
    };
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort);
    let headers = new Headers();
    socket.once("upgrade", (answer) => (headers = headersOf(answer)));
    socket.once("open", () => resolve(headers));
    socket.once("unexpected-response", (_request, answer) => void refusalOf(answer).then(reject, reject));
    socket.on("error", reject);
    socket.once("close", () => signal.removeEventListener("abort", abort));
  });
}

/**
 * Opens a WebSocket. Follows no redirects, so that the token goes to this address only.
 * @param url http: or https:
 * @param signal also closes the stream
 * @throws HandshakeError, the signal's reason, or a network error
 */
export async function openStream(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<OpenStream> {
  // Most commands open no stream, and node takes a while for all that this package needs.
  const ws = await import("ws");
  const socket = new ws.WebSocket(url.replace(/^http/, "ws"), {
    headers,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE,
  });
  // Listen before the handshake: the first message may come with it.
  const arrivals = on(socket, "message", { close: ["close"] });
  return {
    headers: await handshake(socket, signal),
    events: eventsOf(socket, arrivals),
    send: (event) => socket.send(JSON.stringify(event)),
    close: () => socket.terminate(),
  };
}
