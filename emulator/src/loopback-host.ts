import type { IncomingMessage, ServerResponse } from "node:http";

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** True for a host name, as `URL.hostname` gives it, that is on this machine's loopback. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** True for a Host header that names this machine's own loopback. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host);
}

/**
 * Answers 403 when the Host header names anything but loopback, so that a web page that rebinds its own name to
 * 127.0.0.1 cannot talk to the emulator.
 * @returns true when the request was answered and must not be handled further
 */
export function refuseForeignHost(req: IncomingMessage, res: ServerResponse): boolean {
  if (isLoopbackHost(req.headers.host)) return false;
  res.writeHead(403, { "content-type": "text/plain; charset=utf-8", connection: "close" });
  res.end("The emulator answers only under 127.0.0.1, localhost or [::1].\n");
  return true;
}
