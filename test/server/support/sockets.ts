import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, type Socket, connect } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { onTestFinished } from "vitest";
import type { ErrorAnswer } from "../../../src/server/control-api.ts";
import { HandshakeError, openStream } from "../../../src/cli/stream.ts";

type Headers = Record<string, string>;

/** Opens a stream and closes it with the test: 101, or the status and code of the refusal. */
export async function tryStream(
  url: string,
  headers: Headers = {},
): Promise<[status: number, code?: string]> {
  try {
    const stream = await openStream(url, headers, new AbortController().signal);
    onTestFinished(() => stream.close());
    return [101];
  } catch (thrown) {
    if (!(thrown instanceof HandshakeError)) throw thrown;
    const { error } = (await thrown.response.json()) as ErrorAnswer;
    return [thrown.response.status, error.code];
  }
}

/** A server whose every connection is a WebSocket, and one client of it; both end with the test. */
export async function aSocketPair(): Promise<{ ours: WebSocket; theirs: WebSocket; raw: Socket }> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const raw = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const theirs = new WebSocket("ws://127.0.0.1", { createConnection: () => raw });
  const [ours] = (await once(sockets, "connection")) as [WebSocket];
  if (theirs.readyState !== theirs.OPEN) await once(theirs, "open");
  onTestFinished(() => {
    theirs.terminate();
    ours.terminate();
    sockets.close();
    server.close();
  });
  return { ours, theirs, raw };
}

/** A WebSocket handshake as it goes over the wire. */
export const handshake = (path: string, headers: Headers): string =>
  [
    `GET ${path} HTTP/1.1`,
    "Host: x",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${Buffer.alloc(16).toString("base64")}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "\r\n",
  ].join("\r\n");
