import type { AddressInfo } from "node:net";
import { createServer, type IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { type WebSocket, WebSocketServer } from "ws";

export type Message = Readonly<Record<string, unknown>>;

/** A WebSocket that the emulator has opened to the app. */
export interface Connection {
  readonly path: string;
  /** Twilio's own package accepts the handshake's signature. */
  readonly isSigned: boolean;
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly isClosed: boolean;
  send(message: object | string): void;
  close(): void;
  /** Without a closing handshake. */
  breakOff(): void;
}

/** The WebSocket side of a voice app. Refuses every path that begins with `/nothing`. */
export interface SocketApp {
  readonly url: string;
  readonly connections: readonly Connection[];
  /** Handles each message; the second replaces the first. */
  on(handle: (message: Message, connection: Connection) => void): void;
}

type Handler = Parameters<SocketApp["on"]>[0];

function connectionOf(ws: WebSocket, request: IncomingMessage, authToken: string, handler: () => Handler) {
  const { url: path = "/", headers } = request;
  const signature = String(headers["x-twilio-signature"]);
  const messages: Message[] = [];
  let isClosed = false;
  const connection: Connection = {
    path,
    isSigned: validateRequest(authToken, signature, `ws://${headers.host}${path}`, {}),
    messages,
    get isClosed() {
      return isClosed;
    },
    send: (message) => ws.send(typeof message === "string" ? message : JSON.stringify(message)),
    close: () => ws.close(1000),
    breakOff: () => ws.terminate(),
  };
  ws.on("close", () => (isClosed = true));
  ws.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString("utf8")) as Message;
    messages.push(message);
    handler()(message, connection);
  });
  return connection;
}

/** Is closed when the test is over. */
export async function startSocketApp(authToken: string): Promise<SocketApp> {
  const connections: Connection[] = [];
  let handle: Handler = () => {};
  const server = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (request.url?.startsWith("/nothing")) return socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (ws) =>
      connections.push(connectionOf(ws, request, authToken, () => handle)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const ws of sockets.clients) ws.terminate();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    on: (next) => void (handle = next),
  };
}
