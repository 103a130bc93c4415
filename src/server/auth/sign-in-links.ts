import { SignJWT, jwtVerify } from "jose";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";

/** A token that we made for anything else signs nobody in. */
const AUDIENCE = "sign-in";
const HEADER = { alg: "HS256" };
/** The same for every link, so that it is left out of them: a link should fit into two lines of a terminal. */
const HEADER_PART = Buffer.from(JSON.stringify(HEADER)).toString("base64url");
/** Seconds that a link, and the session that it starts, are good for. */
export const SIGN_IN_TTL = 12 * 60 * 60;

export interface SignInLink {
  link: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface SignInLinks {
  create(agent: AgentId): Promise<SignInLink>;
  /** The agent whom a link's token (`t`) is for. @throws AppError auth when it is expired, forged or not ours */
  agentOf(token: string): Promise<AgentId>;
}

function refused(): AppError {
  return new AppError("auth", "This sign-in link has expired or is not complete.", {
    hint: "Ask the operator for a new link.",
  });
}

/**
 * Links that sign an agent in. They may be used again until they expire, so that a page can be opened in another browser.
 * @param secret at least 32 characters
 * @param endedAt when an agent was last signed out everywhere: links from before are worthless, for whoever has the id since
 * is somebody else
 */
export function createSignInLinks(options: {
  secret: string;
  publicUrl: () => string;
  now: () => number;
  endedAt: (agent: AgentId) => Promise<number | undefined>;
}): SignInLinks {
  const { publicUrl, now, endedAt } = options;
  const key = new TextEncoder().encode(options.secret);
  return {
    async create(agent) {
      // In fractions of a second, so that it also tells which links are older than a removal.
      const expiresAt = now() + SIGN_IN_TTL * 1000;
      const token = await new SignJWT({ aud: AUDIENCE, sub: agent, exp: expiresAt / 1000 })
        .setProtectedHeader(HEADER)
        .sign(key);
      return { link: `${publicUrl()}/sign-in?t=${token.slice(HEADER_PART.length + 1)}`, expiresAt };
    },
    async agentOf(token) {
      const verified = await jwtVerify(`${HEADER_PART}.${token}`, key, {
        audience: AUDIENCE,
        algorithms: [HEADER.alg],
        currentDate: new Date(now()),
        requiredClaims: ["sub", "exp"],
      }).catch(() => {
        throw refused();
      });
      const { sub, exp = 0 } = verified.payload;
      const agent = sub as AgentId;
      const madeAt = Math.round((exp - SIGN_IN_TTL) * 1000);
      if (madeAt <= ((await endedAt(agent)) ?? -Infinity)) throw refused();
      return agent;
    },
  };
}
