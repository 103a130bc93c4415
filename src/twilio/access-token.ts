import AccessToken from "twilio/lib/jwt/AccessToken.js";
import type { TwilioSettings } from "./settings.ts";

/** Seconds; Twilio allows one day (www.twilio.com/docs/iam/access-tokens). The page renews it in time. */
export const TOKEN_TTL = 3600;

/**
 * Allows a browser to receive calls, and nothing else.
 * @param identity from `clientIdentity`
 */
export function createAccessToken(
  settings: Pick<TwilioSettings, "accountSid" | "apiKey" | "apiSecret" | "region">,
  identity: string,
): string {
  const { accountSid, apiKey, apiSecret, region } = settings;
  // The token's header `twr` names the region of the key.
  const place = region ? { region } : {};
  const token = new AccessToken(accountSid, apiKey, apiSecret, { identity, ttl: TOKEN_TTL, ...place });
  token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true }));
  return token.toJwt();
}
