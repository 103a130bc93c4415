import { type Addresses, createAddresses } from "./addresses.ts";

/** Earlier addresses that are still known: a tunnel that changes more often than that in one call is of no use. */
const KEPT = 20;

/** Where Twilio reaches this server: scheme, host and port, without a trailing slash. It may change while calls live. */
export interface PublicUrl {
  current: () => string;
  /** The current one first, then the earlier ones of this process, newest first: Twilio still uses what it was told. */
  known: () => readonly string[];
  /** Everything that Twilio is told from now on; the same object until the address changes. */
  addresses: () => Addresses;
  /** Returns whether it is another one than before. */
  change(url: string): boolean;
}

/** @param first where Twilio reaches the server when it starts */
export function createPublicUrl(first: string): PublicUrl {
  let known = [first];
  let current = first;
  let addresses = createAddresses(first);
  return {
    current: () => current,
    known: () => known,
    addresses: () => addresses,
    change(url) {
      if (url === current) return false;
      current = url;
      addresses = createAddresses(url);
      known = [url, ...known.filter((earlier) => earlier !== url)].slice(0, 1 + KEPT);
      return true;
    },
  };
}
