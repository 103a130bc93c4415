import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isLoopback } from "../loopback-host.ts";

/** Whether a request may open a socket, or break something on purpose. */
export type MayTalk = (req: IncomingMessage) => boolean;

const isHere = ({ hostname }: URL): boolean => isLoopback(hostname) || hostname.endsWith(".localhost");

/** All names of this machine count as one: a page at `localhost` belongs to the app at `127.0.0.1` of the same port. */
function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return isHere(parsed) ? `${parsed.protocol}//loopback:${parsed.port}` : parsed.origin;
}

const isOnThisMachine = (url: string): boolean => URL.canParse(url) && isHere(new URL(url));

/**
 * Allows programs, which send no Origin, and pages of the given addresses. Any other page that is open in a browser here
 * could call numbers, or register with a stolen token.
 * @param named the emulator's own address, and those that its user named
 * @param voiceUrls of the numbers: the app under test. One on another machine allows no page; `--origin` does
 */
export function createMayTalk(named: () => readonly string[], voiceUrls: () => readonly string[]): MayTalk {
  return ({ headers: { host, origin } }) => {
    // A page that the emulator served itself, under whichever of its names.
    if (origin === undefined || origin === `http://${host}`) return true;
    const asking = originOf(origin);
    const allowed = [...named(), ...voiceUrls().filter(isOnThisMachine)];
    return asking !== undefined && allowed.some((url) => originOf(url) === asking);
  };
}

/** Refuses an upgrade with 403 and ends the socket. */
export function refuseUpgrade(socket: Duplex): void {
  const body = "The emulator talks to its own pages and to those of its app: --origin names others.\n";
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
