import { TwilioError } from "../../engine/engine.ts";
import type { Hook, HttpMethod } from "../../types.ts";
import type { Parser } from "../operation.ts";
import { text } from "./parsers.ts";

function isWebhookUrl(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { hostname } = new URL(value);
  return !hostname.includes("_");
}

/**
 * An absolute http(s) address whose host has no underscore (www.twilio.com/docs/voice/api/call-resource); connection
 * overrides after `#` stay in it. An empty text passes when `orEmpty`.
 * @param code 21205 for calls and conferences, 21402 for numbers
 */
export function url({ orEmpty = false, code = 21205 } = {}): Parser<string> {
  return (values, name) => {
    const value = text(values, name);
    if (isWebhookUrl(value) || (orEmpty && value === "")) return value;
    throw new TwilioError(code, `${name} is not a valid URL: ${value}`);
  };
}

/** An address with its method, or null when there is no address. */
export function hookOf(address: string | undefined, method: HttpMethod | undefined, byDefault: HttpMethod) {
  return address ? ({ url: address, method: method ?? byDefault } satisfies Hook) : null;
}
