import type { Request } from "express";

/**
 * Headers that proxies, tunnels and content networks add, by name or by how the name begins. A tunnel's client connects from
 * this machine too, so that nothing else tells its requests from local ones.
 */
const ADDED = [
  "forwarded",
  "via",
  "x-forwarded",
  "x-real-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "x-original-",
  "x-proxy",
  "true-client-ip",
  "client-ip",
  "cdn-loop",
  "cf-",
  "fly-",
  "ngrok-",
  "fastly-",
  "akamai-",
  "x-akamai-",
  "x-amzn-",
  "x-amz-cf-",
  "x-azure-",
  "x-arr-",
  "x-cloud-trace-context",
  "x-appengine-",
  "x-envoy-",
  "x-vercel-",
  "x-nf-",
  "x-railway-",
  "x-render-",
  "x-sucuri-",
  "x-tunnel-",
  "tailscale-",
  "pomerium-",
];

/** True when a header says that a proxy has passed the request on. */
const wasForwarded = ({ headers }: Pick<Request, "headers">): boolean =>
  Object.keys(headers).some((name) => ADDED.some((added) => name.startsWith(added)));

/**
 * True for a request that was made on this machine, to an address of this machine. The server listens on loopback only, so
 * every other request arrives through a proxy or a tunnel.
 * @param isLocalHost whether a Host header means this machine: that of a foreign page whose name points here does not
 */
export function isFromThisMachine(request: Request, isLocalHost: (host: string) => boolean): boolean {
  return !wasForwarded(request) && isLocalHost(request.headers.host ?? "");
}

/** The address that the last proxy names, believed or not; undefined when it names none. */
export function claimedAddress({ headers }: Request): string | undefined {
  const named = headers["x-forwarded-for"] ?? headers["cf-connecting-ip"] ?? headers["x-real-ip"];
  const last = String(named ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return last === "" ? undefined : last;
}
