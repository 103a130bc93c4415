import type { Request } from "express";
import { ipKeyGenerator } from "express-rate-limit";
import type { ServerContext } from "../context.ts";
import { claimedAddress, isFromThisMachine } from "./this-machine.ts";

/** How long an address that sent the right token is remembered, in ms. */
const KNOWN_MS = 24 * 3_600_000;
const MAX_KNOWN = 1_000;

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
export function createSenders({ isLocalHost, trustedProxies, now }: ServerContext): Senders {
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
