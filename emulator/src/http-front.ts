import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { isLoopbackHost, refuseForeignHost } from "./loopback-host.ts";
import { type MayTalk, refuseUpgrade } from "./signalling/origin.ts";

type RequestHandler = (req: IncomingMessage, res: ServerResponse) => void;
type UpgradeHandler = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface HttpFrontParts {
  rest: RequestHandler;
  /** The sound of recordings. False: the request is for `rest`. */
  media: (req: IncomingMessage, res: ServerResponse) => boolean;
  inspector: RequestHandler;
  faults: RequestHandler;
  echo: RequestHandler;
  /** Whether a request may open a socket. */
  mayTalk: MayTalk;
  signalling: UpgradeHandler;
  phone: { handleUpgrade: UpgradeHandler; handleRequest(req: IncomingMessage, res: ServerResponse): boolean };
}

export interface HttpFront {
  readonly url: string;
  close(): Promise<void>;
}

const pathOf = (req: IncomingMessage): string => (req.url ?? "/").split("?")[0] ?? "/";

function connect(server: Server, parts: HttpFrontParts): void {
  server.on("request", (req: IncomingMessage, res: ServerResponse) => {
    if (refuseForeignHost(req, res)) return;
    const path = pathOf(req);
    if (path.startsWith("/2010-04-01/")) return parts.media(req, res) ? undefined : parts.rest(req, res);
    if (path === "/faults") return parts.faults(req, res);
    if (path === "/echo") return parts.echo(req, res);
    if (!parts.phone.handleRequest(req, res)) parts.inspector(req, res);
  });
  server.on("upgrade", (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isLoopbackHost(req.headers.host) || !parts.mayTalk(req)) return refuseUpgrade(socket);
    const path = pathOf(req);
    if (path === "/signal") parts.signalling(req, socket, head);
    else if (path === "/phone") parts.phone.handleUpgrade(req, socket, head);
    else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  });
}

/** One server for REST, signalling, inspector, faults and phone page, under loopback names only. @throws Error when the port is taken */
export async function listen(
  where: { host: string; port: number },
  parts: HttpFrontParts,
): Promise<HttpFront> {
  const server = createServer();
  connect(server, parts);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(where.port, where.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = where.host.includes(":") ? `[${where.host}]` : where.host;
  return {
    url: `http://${host}:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      });
    },
  };
}
