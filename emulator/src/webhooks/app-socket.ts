import { rootCertificates } from "node:tls";
import { type RawData, WebSocket } from "ws";
import { isLoopback } from "../loopback-host.ts";
import { sign } from "./signature.ts";

/** Why a socket to the app did not open. */
export interface SocketFailure {
  cause: "address" | "unreachable" | "tls" | "handshake";
  message: string;
}

/** A WebSocket to the app. */
export interface AppSocket {
  send(message: object): void;
  /** Nothing is passed on afterwards. */
  close(): void;
}

export interface SocketListener {
  opened(socket: AppSocket): void;
  /** Null for a binary message. */
  message(text: string | null): void;
  /** The app, or the network, closed it. */
  closed(code: number): void;
}

/** Opens WebSockets to the app. */
export interface AppSockets {
  /** Resolves when it is open, with the failure if it does not open. Never rejects. */
  open(url: string, listener: SocketListener): Promise<SocketFailure | null>;
  /** Waits until every app has taken what was sent, and until what it sent before has arrived. Answers whether anything came or went meanwhile. */
  flush(): Promise<boolean>;
  /** Waits for the end of those that close, and breaks off those that do not. */
  close(): Promise<void>;
}

const HANDSHAKE_MS = 5_000;
/** The longest that an app may take to answer a ping, or a close. */
const PATIENCE_MS = 1_000;
const LARGEST_MESSAGE = 1024 * 1024;

/** `ws://` carries no secret off this machine only if it stays on it. */
function badAddress(url: string): SocketFailure | null {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address?.protocol === "wss:") return null;
  if (address?.protocol === "ws:" && isLoopback(address.hostname)) return null;
  const message = `'${url.slice(0, 200)}' is neither wss:// nor ws:// of this machine`;
  return { cause: "address", message };
}

/** A ping's answer says that the app has taken all that came before it. */
function untilPong(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      ws.off("pong", done).off("close", done);
      resolve();
    };
    const timer = setTimeout(done, PATIENCE_MS);
    ws.on("pong", done).on("close", done);
    ws.ping(() => {});
  });
}

async function shut(ws: WebSocket): Promise<void> {
  if (ws.readyState === WebSocket.CONNECTING) return ws.terminate();
  const ended = new Promise<void>((resolve) => ws.on("close", () => resolve()));
  ws.close(1001);
  const timer = setTimeout(() => ws.terminate(), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

function failureOf(error: NodeJS.ErrnoException): SocketFailure {
  const reason = error.code ?? error.message;
  const isTls = /CERT|SSL|TLS|SIGNATURE|ISSUER|EPROTO/.test(reason);
  return { cause: isTls ? "tls" : "unreachable", message: error.message || reason };
}

const textOf = (data: RawData): string => Buffer.from(data as Buffer).toString("utf8");

interface Line {
  ws: WebSocket;
  /** Something was sent or came since the last flush began. */
  hasMoved: boolean;
}

function attach(line: Line, listener: SocketListener): AppSocket {
  const { ws } = line;
  let isOurs = true;
  ws.on("message", (data, isBinary) => {
    line.hasMoved = true;
    if (isOurs) listener.message(isBinary ? null : textOf(data));
  });
  ws.on("close", (code) => {
    line.hasMoved = true;
    if (isOurs) listener.closed(code);
  });
  return {
    send(message) {
      line.hasMoved = true;
      if (ws.readyState === WebSocket.OPEN) ws.send(JSON.stringify(message));
    },
    close() {
      isOurs = false;
      ws.close(1000);
    },
  };
}

/** @param options `authToken` signs every handshake; `webhookCa` (PEM) is trusted besides the usual authorities */
export function createAppSockets(options: { authToken: string; webhookCa?: string | undefined }): AppSockets {
  const { authToken, webhookCa } = options;
  const ca = webhookCa === undefined ? undefined : [...rootCertificates, webhookCa];
  const lines = new Set<Line>();
  const connect = (url: string): WebSocket =>
    new WebSocket(url, {
      headers: { "User-Agent": "TwilioProxy/1.1", "X-Twilio-Signature": sign(authToken, url) },
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: LARGEST_MESSAGE,
      perMessageDeflate: false,
      ...(ca && { ca }),
    });
  return {
    open(url, listener) {
      const bad = badAddress(url);
      if (bad) return Promise.resolve(bad);
      return new Promise((resolve) => {
        const line: Line = { ws: connect(url), hasMoved: false };
        const { ws } = line;
        ws.on("unexpected-response", (request, { statusCode }) => {
          resolve({ cause: "handshake", message: `The app answered with HTTP ${statusCode} instead of 101` });
          request.destroy();
        });
        ws.on("error", (error) => resolve(failureOf(error)));
        ws.on("close", () => lines.delete(line));
        lines.add(line);
        ws.on("open", () => {
          listener.opened(attach(line, listener));
          resolve(null);
        });
      });
    },
    async flush() {
      const open = [...lines].filter(({ ws }) => ws.readyState !== WebSocket.CONNECTING);
      for (const line of open) line.hasMoved = false;
      await Promise.all(open.map(({ ws }) => untilPong(ws)));
      return open.some(({ hasMoved }) => hasMoved);
    },
    close: async () => void (await Promise.all([...lines].map(({ ws }) => shut(ws)))),
  };
}
