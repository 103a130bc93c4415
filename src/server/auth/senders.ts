import type { Request } from "express";
import { ipKeyGenerator } from "express-rate-limit";
import type { ServerContext } from "../context.ts";
import { claimedAddress, isFromThisMachine } from "./this-machine.ts";

/** How long an address is known from which the right token came, in ms. */
const KNOWN_FOR = 24 * 3_600_000;
const MOST_KNOWN = 1_000;

/** Whose tries are counted together. */
export interface Senders {
  isLocal(request: Request): boolean;
  keyOf(request: Request): string;
  /** Called when a request had the right token. */
  welcome(request: Request): void;
}

/**
 * - Requests of this machine are one sender.
 * - Behind trusted proxies a sender is the address that they report.
 * - Otherwise anybody can claim any address, so that all forwarded requests are one sender. A claimed address from which the
 *   right token came within a day is a sender of its own: strangers' guesses do not lock its operator out, and guessing from
 *   new addresses gains nothing.
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
    welcome(request) {
      const claimed = claimedAddress(request);
      if (claimed === undefined || isLocal(request)) return;
      known.delete(claimed);
      known.set(claimed, now() + KNOWN_FOR);
      const [oldest] = known.keys();
      if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    },
  };
}
