import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";

/**
 * The signature that Twilio would send with a POST (www.twilio.com/docs/usage/webhooks/webhooks-security).
 * @param url as Twilio was told, with its query
 */
export function signWebhook(
  authToken: string,
  url: string,
  fields: Readonly<Record<string, string>>,
): string {
  return getExpectedTwilioSignature(authToken, url, { ...fields });
}
