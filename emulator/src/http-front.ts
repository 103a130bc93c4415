import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { HostCheck } from "./loopback-host.ts";
import { handleTwimlet, isTwimlet } from "./twimlets.ts";
import { type MayTalk, refuseUpgrade } from "./signalling/origin.ts";

type RequestHandler = (req: IncomingMessage, res: ServerResponse) => void;
type UpgradeHandler = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface HttpFrontParts {
  hosts: HostCheck;
  rest: RequestHandler;
  /** The sound of recordings. False: the request is for `rest`. */
  media: (req: IncomingMessage, res: ServerResponse) => boolean;
  inspector: RequestHandler;
  faults: RequestHandler;
  people: RequestHandler;
  /** Whether a request may open a socket. */
  mayTalk: MayTalk;
  /** A page from elsewhere was refused a socket. @param origin or the Host that it named */
  onRefused: (origin: string) => void;
  signalling: UpgradeHandler;
  phone: { handleUpgrade: UpgradeHandler; handleRequest(req: IncomingMessage, res: ServerResponse): boolean };
}

export interface HttpFront {
  /** For this machine: of an emulator that listens on every address, the loopback one. */
  readonly url: string;
  readonly port: number;
  /** Hands `CONNECT` requests to a proxy. */
  onConnect(proxy: UpgradeHandler): void;
  close(): Promise<void>;
}

const pathOf = (req: IncomingMessage): string => (req.url ?? "/").split("?")[0] ?? "/";

/** Answers the requests of a server, with or without TLS. */
export function serve(server: Server, parts: HttpFrontParts): void {
  server.on("request", (req: IncomingMessage, res: ServerResponse) => {
    if (parts.hosts.refuses(req, res)) return;
    const path = pathOf(req);
    if (path.startsWith("/2010-04-01/")) return parts.media(req, res) ? undefined : parts.rest(req, res);
    if (path === "/faults") return parts.faults(req, res);
    if (/^\/people(\/|$)/.test(path)) return parts.people(req, res);
    if (isTwimlet(path)) return handleTwimlet(req, res);
    if (!parts.phone.handleRequest(req, res)) parts.inspector(req, res);
  });
  server.on("upgrade", (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!parts.hosts.allows(req.headers.host) || !parts.mayTalk(req)) {
      parts.onRefused(req.headers.origin ?? req.headers.host ?? "nowhere");
      return refuseUpgrade(socket);
    }
    const path = pathOf(req);
    if (path === "/signal") parts.signalling(req, socket, head);
    else if (path === "/phone") parts.phone.handleUpgrade(req, socket, head);
    else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  });
}

function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** @throws Error when the port is taken */
export function openPort(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

/** Cuts what is connected, and frees the port. */
export function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}

/** One server for REST, signalling, inspector, faults, people and phone page, under the allowed names only. @throws Error when the port is taken */
export async function listen(
  where: { host: string; port: number },
  parts: HttpFrontParts,
): Promise<HttpFront> {
  const server = createServer();
  serve(server, parts);
  await openPort(server, where);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${nameOf(where.host)}:${port}`,
    port,
    onConnect: (proxy) => void server.on("connect", proxy),
    close: () => stopServer(server),
  };
}
