import type { Request } from "express";

/** What proxies and tunnels add: a tunnel's client connects from this machine, too. */
const FORWARDED = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * True for a request that was made on this machine, to an address of this machine. We listen on loopback only, so that
 * nothing else arrives but through a proxy or a tunnel.
 * @param isLocalHost whether a Host header means this machine: a page elsewhere whose name points here does not
 */
export function isFromThisMachine({ headers }: Request, isLocalHost: (host: string) => boolean): boolean {
  return !FORWARDED.some((name) => name in headers) && isLocalHost(headers.host ?? "");
}
