import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isLoopback } from "../loopback-host.ts";

/** Whether a request may open a socket, or break something on purpose. */
export type MayTalk = (req: IncomingMessage) => boolean;

/** The names of this machine are one: a page at `localhost` belongs to the app at `127.0.0.1` of the same port. */
function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port, origin } = new URL(url);
  return isLoopback(hostname) || hostname.endsWith(".localhost") ? `${protocol}//loopback:${port}` : origin;
}

/**
 * Lets in programs, which send no Origin, and pages of these addresses. Any other page that is open in a browser here could
 * otherwise call numbers, or register with a token that it has got hold of.
 * @param urls the emulator's own address, those that were named for it, and those of the app under test
 */
export function createMayTalk(urls: () => readonly string[]): MayTalk {
  return ({ headers: { origin } }) => {
    if (origin === undefined) return true;
    const asking = originOf(origin);
    return asking !== undefined && urls().some((url) => originOf(url) === asking);
  };
}

/** Refuses an upgrade with 403 and ends the socket. */
export function refuseUpgrade(socket: Duplex): void {
  const body = "The emulator talks to its own pages and to those of its app: --origin names others.\n";
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
