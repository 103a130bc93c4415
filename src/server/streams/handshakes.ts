import { type IncomingMessage, type RequestListener, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import type { Request, Response } from "express";
import { type WebSocket, WebSocketServer } from "ws";
import { AppError } from "../../errors.ts";
import { API_VERSION_HEADER, SERVER_TIME_HEADER } from "../../version.ts";
import { errorAnswer } from "../http-errors.ts";
import { sendError } from "../send-error.ts";
import { CLOSE } from "./stream.ts";

/** What pages send is short. */
const LARGEST_MESSAGE = 4096;
/** How long the other end has to answer a close, in ms. */
const CLOSE_MS = 300;

/** Whose streams are counted together, and how many of them may be open. */
export type Limit = readonly [whose: string, most: number];

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Opens WebSockets for requests that the routes have let through. */
export interface Handshakes {
  /** Gives a request to upgrade to the routes, as any other request: they accept it, or answer with an error. */
  upgrade(routes: RequestListener): Upgrade;
  /** Opens the stream that a request asks for, or answers with why not. */
  accept(
    request: Request,
    response: Response,
    limits: readonly Limit[],
    open: (socket: WebSocket) => void,
  ): void;
  /** Closes every stream, as a server does that stops. */
  close(): void;
}

interface Asked {
  socket: Socket;
  head: Buffer;
  hangUp: () => void;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  (headers["content-length"] ?? "0") !== "0" || headers["transfer-encoding"] !== undefined;

/** Whether a request asks for a WebSocket (RFC 6455, 4.2.1). */
export function isHandshake(request: IncomingMessage): boolean {
  const { method, headers } = request;
  const asks = headers.upgrade?.toLowerCase() === "websocket" && headers["sec-websocket-version"] === "13";
  const hasKey = /^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "");
  return method === "GET" && asks && hasKey && !hasBody(request);
}

/** Answers a request to upgrade to something else that has a body. */
function refuseBody(response: ServerResponse): void {
  const error = new AppError("usage", "This server does not upgrade requests that have a body.", {
    hint: "Send the request without the header Upgrade.",
  });
  response.writeHead(400, { "Content-Type": "application/json" }).end(JSON.stringify(errorAnswer(error)));
}

/** The errors that are answered to what asks for no stream properly, or for one too many. */
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

/** Counts what is open by whose it is. */
function createCounts() {
  const open = new Map<string, number>();
  const count = (whose: string): number => open.get(whose) ?? 0;
  const add = (whose: string, by: 1 | -1): void => {
    const now = count(whose) + by;
    if (now === 0) open.delete(whose);
    else open.set(whose, now);
  };
  return {
    isFull: (limits: readonly Limit[]) => limits.some(([whose, most]) => count(whose) >= most),
    change: (limits: readonly Limit[], by: 1 | -1) => limits.forEach(([whose]) => add(whose, by)),
  };
}

export function createHandshakes(): Handshakes {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
  });
  const answers = new WeakMap<IncomingMessage, Response>();
  sockets.on("headers", (headers, request) => {
    for (const name of [API_VERSION_HEADER, SERVER_TIME_HEADER])
      headers.push(`${name}: ${String(answers.get(request)?.getHeader(name))}`);
  });
  const asked = new WeakMap<IncomingMessage, Asked>();
  const counts = createCounts();

  return {
    upgrade: (routes) => (request, socket, head) => {
      const response = new ServerResponse(request);
      const asks = { socket: socket as Socket, head, hangUp: () => socket.end() };
      socket.on("error", () => socket.destroy());
      response.shouldKeepAlive = false;
      response.assignSocket(asks.socket);
      response.once("finish", asks.hangUp);
      if (isHandshake(request)) asked.set(request, asks);
      // Node does not read the body of a request to upgrade: the routes would wait for it.
      else if (hasBody(request)) return refuseBody(response);
      routes(request, response);
    },
    accept(request, response, limits, open) {
      const asks = asked.get(request);
      if (!asks) return refuse(response, 426);
      if (counts.isFull(limits)) return refuse(response, 429);
      response.off("finish", asks.hangUp).detachSocket(asks.socket);
      answers.set(request, response);
      // The limit of wrong tokens counts answers: this one was let in.
      response.status(101).emit("finish");
      sockets.handleUpgrade(request, asks.socket, asks.head, (stream) => {
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
