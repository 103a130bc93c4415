import type { Request } from "express";

/**
 * Prefixes of headers that proxies, tunnels and content networks add. A tunnel's client connects from this machine too, so
 * only these headers distinguish its requests from local ones.
 */
const PROXY_HEADERS = [
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

const wasForwarded = ({ headers }: Pick<Request, "headers">): boolean =>
  Object.keys(headers).some((name) => PROXY_HEADERS.some((prefix) => name.startsWith(prefix)));

/**
 * True for a request from this machine to an address of this machine. The server listens on loopback only, so every other
 * request arrives through a proxy or a tunnel.
 * @param isLocalHost whether a Host header names this machine; a foreign name that resolves here does not
 */
export function isFromThisMachine(request: Request, isLocalHost: (host: string) => boolean): boolean {
  return !wasForwarded(request) && isLocalHost(request.headers.host ?? "");
}

/** The client address that the last proxy reports, which may be forged; undefined without one. */
export function claimedAddress({ headers }: Request): string | undefined {
  const named = headers["x-forwarded-for"] ?? headers["cf-connecting-ip"] ?? headers["x-real-ip"];
  const last = String(named ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return last === "" ? undefined : last;
}
