import { type IncomingMessage, type RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Request, Response } from "express";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { AppError } from "../../errors.ts";
import { API_VERSION_HEADER, SERVER_TIME_HEADER } from "../../version.ts";
import { createPulse, type Every, type StreamEvent } from "../../wire/stream.ts";
import { errorAnswer, sendError } from "../http-errors.ts";

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

/** Bytes; pages send short messages. */
const MAX_MESSAGE = 4096;
/** How long the client has to answer a close, in ms. */
const CLOSE_MS = 300;

/** Streams with one key are counted together. */
export type Limit = readonly [key: string, max: number];

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Opens WebSockets for requests that the routes accept. */
export interface Handshakes {
  /** Passes an upgrade request to the routes like any other. They call `accept`, or answer with an error. */
  upgrade(routes: RequestListener): Upgrade;
  /** Opens the stream, or answers 426 or 429. */
  accept(
    request: Request,
    response: Response,
    limits: readonly Limit[],
    open: (socket: WebSocket) => void,
  ): void;
  close(): void;
}

interface PendingUpgrade {
  socket: Socket;
  head: Buffer;
  endSocket: () => void;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  (headers["content-length"] ?? "0") !== "0" || headers["transfer-encoding"] !== undefined;

/** True for a WebSocket handshake (RFC 6455, 4.2.1). */
export function isHandshake(request: IncomingMessage): boolean {
  const { method, headers } = request;
  const isUpgrade =
    headers.upgrade?.toLowerCase() === "websocket" && headers["sec-websocket-version"] === "13";
  const hasKey = /^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "");
  return method === "GET" && isUpgrade && hasKey && !hasBody(request);
}

/** Answers an upgrade request with a body, which is no WebSocket handshake. */
function refuseBody(response: ServerResponse): void {
  const error = new AppError("usage", "This server does not upgrade requests that have a body.", {
    hint: "Send the request without the header Upgrade.",
  });
  response.writeHead(400, { "Content-Type": "application/json" }).end(JSON.stringify(errorAnswer(error)));
}

function refuse(response: Response, status: 426 | 429): void {
  const [code, message, hint] =
    status === 426
      ? [
          "upgrade-required",
          "This address opens a WebSocket, and the request did not ask for one.",
          "If the client asked for one, a proxy on the way removes it: let the proxy pass Upgrade and Connection.",
        ]
      : [
          "too-many-streams",
          "Too many streams are open here.",
          "Close other windows of this page, or other watchers.",
        ];
  if (status === 426) response.setHeader("Upgrade", "websocket").setHeader("Connection", "Upgrade");
  sendError(response, status, new AppError("conflict", message, { hint }), code);
}

/** Counts open streams by key. */
function createCounts() {
  const open = new Map<string, number>();
  const count = (key: string): number => open.get(key) ?? 0;
  const add = (key: string, by: 1 | -1): void => {
    const now = count(key) + by;
    if (now === 0) open.delete(key);
    else open.set(key, now);
  };
  return {
    isFull: (limits: readonly Limit[]) => limits.some(([key, max]) => count(key) >= max),
    change: (limits: readonly Limit[], by: 1 | -1) => limits.forEach(([key]) => add(key, by)),
  };
}

export function createHandshakes(): Handshakes {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
  });
  const answers = new WeakMap<IncomingMessage, Response>();
  sockets.on("headers", (headers, request) => {
    for (const name of [API_VERSION_HEADER, SERVER_TIME_HEADER])
      headers.push(`${name}: ${String(answers.get(request)?.getHeader(name))}`);
  });
  const pending = new WeakMap<IncomingMessage, PendingUpgrade>();
  const counts = createCounts();

  return {
    upgrade: (routes) => (request, socket, head) => {
      const response = new ServerResponse(request);
      const upgrade = { socket: socket as Socket, head, endSocket: () => socket.end() };
      socket.on("error", () => socket.destroy());
      response.shouldKeepAlive = false;
      response.assignSocket(upgrade.socket);
      response.once("finish", upgrade.endSocket);
      if (isHandshake(request)) pending.set(request, upgrade);
      // Node does not read the body of an upgrade request, so the routes would wait for it forever.
      else if (hasBody(request)) return refuseBody(response);
      routes(request, response);
    },
    accept(request, response, limits, open) {
      const upgrade = pending.get(request);
      if (!upgrade) return refuse(response, 426);
      if (counts.isFull(limits)) return refuse(response, 429);
      response.off("finish", upgrade.endSocket).detachSocket(upgrade.socket);
      answers.set(request, response);
      // Tells the limit of wrong tokens, which counts responses, that this request was accepted.
      response.status(101).emit("finish");
      sockets.handleUpgrade(request, upgrade.socket, upgrade.head, (stream) => {
        counts.change(limits, 1);
        stream.once("close", () => counts.change(limits, -1));
        open(stream);
      });
    },
    close() {
      for (const socket of sockets.clients) socket.close(CLOSE.goingAway, "The server stops.");
      setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), CLOSE_MS).unref();
    },
  };
}
