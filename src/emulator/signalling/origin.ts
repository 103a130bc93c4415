import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isLoopback } from "../loopback-host.ts";

/**
 * Whether a WebSocket may be opened: by a page of this machine, or by a program, which sends no Origin.
 * Without the check any web page that is open in a browser here could register and take calls.
 */
export function isLoopbackOrigin(req: IncomingMessage): boolean {
  const { origin } = req.headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return isLoopback(hostname) || /^.+\.localhost$/.test(hostname);
}

/** Refuses an upgrade with 403 and ends the socket. */
export function refuseUpgrade(socket: Duplex): void {
  const body = "The emulator talks to pages of this machine only.\n";
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
