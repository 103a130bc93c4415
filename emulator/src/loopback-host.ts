import type { IncomingMessage, ServerResponse } from "node:http";

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** True for a host name, as `URL.hostname` gives it, that is on this machine's loopback. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Which names a request may use for the emulator. */
export interface HostCheck {
  /** Whether a Host header, with or without a port, has an allowed name. */
  allows(host: string | undefined): boolean;
  /**
   * Answers 403 when it has another one, so that a web page that rebinds its own name to this address cannot talk to the
   * emulator.
   * @returns true when the request was answered and must not be handled further
   */
  refuses(req: IncomingMessage, res: ServerResponse): boolean;
}

/** @param further names and addresses besides those of loopback, without a port */
export function createHostCheck(further: readonly string[] = []): HostCheck {
  const names = new Set([...LOOPBACK_NAMES, ...further].map((name) => name.toLowerCase()));
  const allows = (host = ""): boolean => names.has(host.toLowerCase().replace(/:\d{1,5}$/, ""));
  return {
    allows,
    refuses(req, res) {
      if (allows(req.headers.host)) return false;
      res.writeHead(403, { "content-type": "text/plain; charset=utf-8", connection: "close" });
      res.end(`The emulator answers only under ${[...names].join(", ")}: --allow-host adds a name.\n`);
      return true;
    },
  };
}
