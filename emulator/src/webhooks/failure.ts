import type { RetryCause } from "./overrides.ts";

/** A request that brought no usable answer, by Twilio's error code (www.twilio.com/docs/api/errors). */
export interface Failure {
  code: number;
  message: string;
  /** Its name in a retry policy; null: never retried. */
  cause: RetryCause | null;
}

const DNS = new Set(["ENOTFOUND", "EAI_AGAIN"]);

/** @param reason the system's error code, or OpenSSL's words for a certificate that is not trusted */
export function failedConnection(reason: string): Failure {
  if (DNS.has(reason)) return { code: 11210, message: "Host name not found", cause: "ct" };
  if (/CERT|SSL|TLS|SIGNATURE|ISSUER|EPROTO/.test(reason))
    return { code: 11220, message: `TLS failed: ${reason}`, cause: "ct" };
  return { code: 11205, message: `HTTP connection failure: ${reason}`, cause: "ct" };
}

export function slow(limitMs: number): Failure {
  return { code: 11200, message: `No whole answer within ${limitMs} ms`, cause: "rt" };
}

export function brokenConnection(reason: string): Failure {
  return { code: 11206, message: `HTTP protocol violation: ${reason}`, cause: null };
}

export function tooLarge(maxBytes: number): Failure {
  return { code: 11750, message: `Answer is larger than ${maxBytes} bytes`, cause: null };
}

export function badStatus(status: number): Failure {
  const cause = status >= 500 ? "5xx" : "4xx";
  return { code: 11217, message: `The app answered with HTTP ${status}`, cause };
}

export function badAddress(url: string): Failure {
  return { code: 11100, message: `Not an HTTP address: ${url.slice(0, 200)}`, cause: null };
}

export function tooManyRedirects(): Failure {
  return { code: 11215, message: "Too many HTTP redirects (10 are followed)", cause: null };
}
