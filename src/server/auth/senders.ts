import type { Request } from "express";
import { ipKeyGenerator } from "express-rate-limit";
import type { ServerContext } from "../context.ts";

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

/** How long an address that sent the right token is remembered, in ms. */
const KNOWN_MS = 24 * 3_600_000;
const MAX_KNOWN = 1_000;

export type SenderContext = Pick<ServerContext, "isLocalHost" | "trustedProxies" | "now">;

/** Groups requests whose wrong tokens are counted together. */
export interface Senders {
  isLocal(request: Request): boolean;
  keyOf(request: Request): string;
  /** Call it for a request with the right token. */
  remember(request: Request): void;
}

/**
 * - All requests of this machine are one sender.
 * - Behind trusted proxies, each address that they report is a sender.
 * - Otherwise any client can forge its address, so all forwarded requests are one sender. An address that sent the right
 *   token within a day is a sender of its own, so that strangers' guesses do not lock out its operator.
 */
export function createSenders({ isLocalHost, trustedProxies, now }: SenderContext): Senders {
  const known = new Map<string, number>();
  const isLocal = (request: Request): boolean => isFromThisMachine(request, isLocalHost);
  return {
    isLocal,
    keyOf(request) {
      if (isLocal(request)) return "this machine";
      if (trustedProxies.length > 0) return `from ${ipKeyGenerator(request.ip ?? "")}`;
      const claimed = claimedAddress(request) ?? "";
      return (known.get(claimed) ?? 0) > now() ? `claims ${claimed}` : "forwarded";
    },
    remember(request) {
      const claimed = claimedAddress(request);
      if (claimed === undefined || isLocal(request)) return;
      known.delete(claimed);
      known.set(claimed, now() + KNOWN_MS);
      const [oldest] = known.keys();
      if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    },
  };
}
