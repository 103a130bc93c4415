import { type Addresses, createAddresses } from "./addresses.ts";

/** Earlier URLs that stay valid; more changes during one call are not supported. */
const KEPT = 20;

/** The server's origin for Twilio, without a trailing slash. It may change during calls. */
export interface PublicUrl {
  current: () => string;
  /** Current and earlier origins, newest first: Twilio still uses earlier ones. */
  known: () => readonly string[];
  /** URLs for Twilio; the same object until the origin changes. */
  addresses: () => Addresses;
  /** Returns true if the origin changes. */
  change(url: string): boolean;
}

/** @param first the origin at the start */
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
