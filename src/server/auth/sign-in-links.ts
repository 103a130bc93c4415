import { SignJWT, jwtVerify } from "jose";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";

const ISSUER = "warm-transfer";
const AUDIENCE = "warm-transfer/sign-in";
/** Seconds that a link, and the session that it starts, are good for. */
export const SIGN_IN_TTL = 12 * 60 * 60;

export interface SignInLinks {
  create(agent: AgentId): Promise<string>;
  /** The agent whom a link's token is for. @throws AppError auth when it is expired, forged or not ours */
  agentOf(token: string): Promise<AgentId>;
}

/**
 * Links that sign an agent in. They may be used again until they expire, so that a page can be opened in another browser.
 * @param secret at least 32 characters
 */
export function createSignInLinks(options: {
  secret: string;
  publicUrl: string;
  now: () => number;
}): SignInLinks {
  const { publicUrl, now } = options;
  const key = new TextEncoder().encode(options.secret);
  const expected = { issuer: ISSUER, audience: AUDIENCE, algorithms: ["HS256"] };
  return {
    async create(agent) {
      const seconds = Math.floor(now() / 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: "HS256" })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(agent)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + SIGN_IN_TTL)
        .sign(key);
      return `${publicUrl}/sign-in?token=${token}`;
    },
    async agentOf(token) {
      const options = { ...expected, currentDate: new Date(now()), requiredClaims: ["sub", "exp"] };
      const verified = await jwtVerify(token, key, options).catch(() => {
        throw new AppError("auth", "This sign-in link has expired or is not complete.", {
          hint: "Ask the operator for a new link.",
        });
      });
      return verified.payload.sub as AgentId;
    },
  };
}
