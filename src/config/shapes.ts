import { isIP } from "node:net";

/** `AC` and 32 hexadecimal digits. */
export const ACCOUNT_SID = /^AC[0-9a-f]{32}$/;
/** `SK` and 32 hexadecimal digits. */
export const API_KEY_SID = /^SK[0-9a-f]{32}$/;

/** `loopback`, an IP address, or a network: an address, a slash and the length of its prefix. */
export function isProxy(text: string): boolean {
  if (text === "loopback") return true;
  const [address = "", prefix, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
