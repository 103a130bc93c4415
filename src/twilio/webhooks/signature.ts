import { timingSafeEqual } from "node:crypto";
import { getExpectedTwilioSignature, validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { AppError } from "../../errors.ts";
import type { RawForm } from "./form.ts";

/** The signed parts of a request. */
export interface SignedRequest {
  /** Path and query exactly as received. */
  path: string;
  /** The `X-Twilio-Signature` header. */
  signature: string | undefined;
  fields: RawForm;
}

/**
 * True for a request that Twilio signed with our token for the URL that we gave it
 * (www.twilio.com/docs/usage/webhooks/webhooks-security). The Host header plays no part in it.
 */
export type VerifyWebhook = (request: SignedRequest) => boolean;

/** In constant time. */
function isEqual(a: string, b: string): boolean {
  const [bytes, others] = [Buffer.from(a), Buffer.from(b)];
  return bytes.length === others.length && timingSafeEqual(bytes, others);
}

/**
 * Checks signatures alone. The URL exactly as we gave it to Twilio comes first; Twilio's own check also tries the other
 * ways of writing it (with and without the port, escaped).
 * @param authTokens the primary, and during a rotation the secondary
 * @param publicUrls as given to Twilio, without a trailing slash, the one that most requests are signed for first
 * @throws AppError config without a token: signatures made with an empty key would be accepted
 */
export function createVerifySignature(
  authTokens: readonly string[],
  publicUrls: () => readonly string[],
): VerifyWebhook {
  if (authTokens.length === 0 || authTokens.includes(""))
    throw new AppError("config", "Twilio's signatures cannot be checked without an auth token.", {
      hint: "Set TWILIO_AUTH_TOKEN.",
    });
  return ({ path, signature, fields }) => {
    if (signature === undefined || !path.startsWith("/")) return false;
    const tried = authTokens.flatMap((token) => publicUrls().map((url) => [token, url + path] as const));
    return (
      tried.some(([token, url]) => isEqual(signature, getExpectedTwilioSignature(token, url, fields))) ||
      tried.some(([token, url]) => validateRequest(token, signature, url, fields))
    );
  };
}

/** Checks that a webhook is signed and is about our own account. @throws AppError config without a token */
export function createVerifyWebhook(settings: {
  authToken: string;
  /** Empty: none. */
  authTokenSecondary?: string;
  accountSid: string;
  publicUrls: () => readonly string[];
}): VerifyWebhook {
  const { authToken, authTokenSecondary = "", publicUrls } = settings;
  const authTokens = authTokenSecondary === "" ? [authToken] : [authToken, authTokenSecondary];
  const isSigned = createVerifySignature(authTokens, publicUrls);
  return (request) => request.fields.AccountSid === settings.accountSid && isSigned(request);
}

/**
 * The signature that Twilio would send with a POST (www.twilio.com/docs/usage/webhooks/webhooks-security).
 * @param url as given to Twilio, with its query
 */
export function signWebhook(
  authToken: string,
  url: string,
  fields: Readonly<Record<string, string>>,
): string {
  return getExpectedTwilioSignature(authToken, url, { ...fields });
}
