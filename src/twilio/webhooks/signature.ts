import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { AppError } from "../../errors.ts";
import type { RawForm } from "./form.ts";

/** What came, as far as it is signed. */
export interface SignedRequest {
  /** Path and query exactly as received. */
  path: string;
  /** The `X-Twilio-Signature` header. */
  signature: string | undefined;
  fields: RawForm;
}

/**
 * True for a request that Twilio signed for our account and for the address that it was told
 * (www.twilio.com/docs/usage/webhooks/webhooks-security). The Host header plays no part in it.
 */
export type VerifyWebhook = (request: SignedRequest) => boolean;

/** @throws AppError config without a token: signatures made with an empty key would be accepted */
export function createVerifyWebhook(settings: {
  authToken: string;
  accountSid: string;
  publicUrl: string;
}): VerifyWebhook {
  const { authToken, accountSid, publicUrl } = settings;
  if (authToken === "")
    throw new AppError("config", "There is no auth token to check Twilio's signatures with.", {
      hint: "Set TWILIO_AUTH_TOKEN.",
    });
  return ({ path, signature, fields }) =>
    signature !== undefined &&
    path.startsWith("/") &&
    fields.AccountSid === accountSid &&
    validateRequest(authToken, signature, `${publicUrl}${path}`, fields);
}
