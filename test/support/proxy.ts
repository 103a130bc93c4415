import { type IncomingMessage, type RequestListener, request as send } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Passes requests on to a port of this machine; the header Upgrade is dropped, as RFC 9110 (7.6.1) wants of a proxy. */
export const passRequests =
  (port: number): RequestListener =>
  (request, response) => {
    const { upgrade: _upgrade, connection: _connection, ...headers } = request.headers;
    const options = { host: "127.0.0.1", port, path: request.url, method: request.method, headers };
    const onward = send(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  };

/** Passes WebSockets on. @param holdsBack keeps what the server sends after the handshake until the stream ends */
export const passStreams =
  (port: number, { holdsBack = false } = {}): UpgradeListener =>
  (request, socket, head) => {
    const onward = connect(port, "127.0.0.1");
    const lines = [`GET ${request.url} HTTP/1.1`];
    for (let i = 0; i + 1 < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    onward.write(`${lines.join("\r\n")}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward);
    let isOpen = false;
    const held: Buffer[] = [];
    onward.on("data", (chunk: Buffer) => {
      const handshake = isOpen ? 0 : chunk.indexOf("\r\n\r\n") + 4;
      const now = holdsBack ? chunk.subarray(0, handshake) : chunk;
      isOpen = true;
      held.push(chunk.subarray(now.length));
      if (now.length > 0) socket.write(now);
    });
    onward.on("end", () => socket.end(Buffer.concat(held)));
    for (const end of [socket, onward])
      end.on("error", () => undefined).on("close", () => (socket.destroy(), onward.destroy()));
  };
