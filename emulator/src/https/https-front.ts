import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { type SecureContext, type TlsOptions, createSecureContext } from "node:tls";
import { callbackify } from "node:util";
import { type HttpFrontParts, openPort, serve, stopServer } from "../http-front.ts";
import type { HttpsOptions } from "../types.ts";
import { type Authority, openAuthority } from "./authority.ts";
import { isTwilio, orTwilio } from "./twilio-hosts.ts";

/** The emulator as `https://api.twilio.com`. */
export interface HttpsFront {
  /** `https://localhost:PORT`. */
  readonly url: string;
  /** The file of the authority's certificate. */
  readonly authority: string;
  /** Answers `CONNECT` as a proxy does: connects Twilio's names to this server, and refuses every other name. */
  readonly proxy: (req: IncomingMessage, socket: Duplex) => void;
  close(): Promise<void>;
}

const PROXY_REFUSAL =
  "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\nThis proxy leads to the local Twilio alone: *.twilio.com:443.\n";

/** @param target of a `CONNECT` request: `api.twilio.com:443` */
function isForTwilio(target = ""): boolean {
  const [, hostname = "", port] = /^(.+):(\d{1,5})$/.exec(target) ?? [];
  return port === "443" && isTwilio(hostname);
}

/** Connections through the proxy. Node's servers do not close them with their own. */
function createTunnels() {
  const open = new Set<Duplex>();
  return {
    dig(socket: Duplex, port: number, host: string): void {
      const here = connect(port, host, () => {
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        socket.pipe(here).pipe(socket);
      });
      open.add(socket);
      here.on("error", () => socket.destroy());
      socket.on("error", () => here.destroy());
      socket.on("close", () => {
        open.delete(socket);
        here.destroy();
      });
    },
    close: () => open.forEach((socket) => socket.destroy()),
  };
}

/** A certificate for each of Twilio's names that an app asks for, as Twilio has many edges and regions. */
function certificatesOf(authority: Authority): NonNullable<TlsOptions["SNICallback"]> {
  const known = new Map<string, Promise<SecureContext>>();
  const make = async (name: string): Promise<SecureContext> =>
    createSecureContext(await authority.issue([name]));
  return callbackify(async (name: string) => {
    if (!isTwilio(name)) return undefined;
    const found = known.get(name) ?? make(name);
    known.set(name, found);
    return found;
  });
}

/** REST and signalling by TLS, under Twilio's names. @throws Error when the port is taken, or of the folder's file system */
export async function listenSecurely(
  { folder, port = 0 }: HttpsOptions,
  host: string,
  parts: HttpFrontParts,
): Promise<HttpsFront> {
  const authority = await openAuthority(folder);
  const tunnels = createTunnels();
  const own = await authority.issue(["localhost", "127.0.0.1", "::1"]);
  const server = createServer({ ...own, SNICallback: certificatesOf(authority) });
  serve(server, { ...parts, hosts: orTwilio(parts.hosts) });
  await openPort(server, { host, port });
  const { port: taken, address } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${taken}`,
    authority: authority.file,
    proxy: (req, socket) =>
      isForTwilio(req.url) ? tunnels.dig(socket, taken, address) : void socket.end(PROXY_REFUSAL),
    close() {
      tunnels.close();
      return stopServer(server);
    },
  };
}
