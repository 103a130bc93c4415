import AccessToken from "twilio/lib/jwt/AccessToken.js";
import type { AgentId } from "../call/types.ts";
import type { TwilioSettings } from "./settings.ts";

/** Seconds; at most a day is allowed (www.twilio.com/docs/iam/access-tokens). The page renews it before it expires. */
export const TOKEN_TTL = 3600;

/**
 * An access token with which an agent's browser can be rung and can do nothing else: incoming calls only.
 * Its identity is the agent, so that the caller must have authenticated exactly this agent.
 */
export function createAccessToken(
  settings: Pick<TwilioSettings, "accountSid" | "apiKey" | "apiSecret">,
  agent: AgentId,
): string {
  const { accountSid, apiKey, apiSecret } = settings;
  const token = new AccessToken(accountSid, apiKey, apiSecret, { identity: agent, ttl: TOKEN_TTL });
  token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true }));
  return token.toJwt();
}
