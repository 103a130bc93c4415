import { createHash, createHmac } from "node:crypto";

/** Form fields; a field may occur more than once. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/**
 * The URL as Twilio signs it: without overrides and credentials; a port is dropped over HTTPS and kept over HTTP
 * (www.twilio.com/docs/usage/security).
 */
export function signedUrl(url: string): string {
  const withoutOverrides = url.replace(/#.*$/s, "");
  const match = /^(https?):\/\/(?:[^/?@]*@)?([^/?]*)(.*)$/is.exec(withoutOverrides);
  if (!match) return withoutOverrides;
  const [, scheme = "", authority = "", rest = ""] = match;
  const host = scheme.toLowerCase() === "https" ? authority.replace(/:\d+$/, "") : authority;
  return `${scheme}://${host}${rest}`;
}

const joined = (name: string, value: string | readonly string[]): string =>
  typeof value === "string"
    ? name + value
    : [...new Set(value)].sort().reduce((sum, v) => sum + name + v, "");

/** `X-Twilio-Signature`: base64 of HMAC-SHA1 over the URL and every field of a POST, sorted by name. */
export function sign(authToken: string, url: string, fields: FormFields = {}): string {
  const text = Object.keys(fields)
    .sort()
    .reduce((sum, name) => sum + joined(name, fields[name] ?? ""), signedUrl(url));
  return createHmac("sha1", authToken).update(text, "utf8").digest("base64");
}

/** The `bodySHA256` query field that a JSON request carries in place of signed fields. */
export function bodyHash(body: string | Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}
