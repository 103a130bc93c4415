import AccessToken from "twilio/lib/jwt/AccessToken.js";
import type { TwilioSettings } from "./settings.ts";

/** Seconds; at most a day is allowed (www.twilio.com/docs/iam/access-tokens). The page renews it before it expires. */
export const TOKEN_TTL = 3600;

/**
 * An access token with which an agent's browser can be rung and can do nothing else: incoming calls only.
 * @param identity of the agent who has signed in, by `clientIdentity`
 */
export function createAccessToken(
  settings: Pick<TwilioSettings, "accountSid" | "apiKey" | "apiSecret" | "region">,
  identity: string,
): string {
  const { accountSid, apiKey, apiSecret, region } = settings;
  // Its header `twr` names the region whose key signed it.
  const place = region ? { region } : {};
  const token = new AccessToken(accountSid, apiKey, apiSecret, { identity, ttl: TOKEN_TTL, ...place });
  token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true }));
  return token.toJwt();
}
