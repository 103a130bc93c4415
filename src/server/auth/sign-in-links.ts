import { SignJWT, jwtVerify } from "jose";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";

/** Keeps tokens with another purpose from signing an agent in. */
const AUDIENCE = "sign-in";
const HEADER = { alg: "HS256" };
/** Links leave it out, because it is always the same. A link should fit into two lines of a terminal. */
const HEADER_PART = Buffer.from(JSON.stringify(HEADER)).toString("base64url");
/** Seconds that a session is valid. A link is valid at least as long. */
export const SIGN_IN_TTL = 12 * 60 * 60;

const HOUR_MS = 3_600_000;

export interface SignInLink {
  link: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface SignInLinks {
  create(agent: AgentId): Promise<SignInLink>;
  /** @param token a link's `t` @throws AppError auth when it is expired or forged, or its agent was removed */
  agentOf(token: string): Promise<AgentId>;
}

function refused(): AppError {
  return new AppError("auth", "This sign-in link has expired or is incomplete.", {
    hint: "Ask the operator for a new link.",
  });
}

/**
 * A link works in any browser until it expires or its agent is removed. It carries the agent's generation, which a removal
 * changes.
 * @param secret at least 32 characters
 */
export function createSignInLinks(options: {
  secret: string;
  publicUrl: () => string;
  now: () => number;
  generationOf: (agent: AgentId) => Promise<string>;
}): SignInLinks {
  const { publicUrl, now, generationOf } = options;
  const key = new TextEncoder().encode(options.secret);
  return {
    async create(agent) {
      // Rounded up to the hour, so that a link is the same for an hour.
      const expiresAt = Math.ceil(now() / HOUR_MS) * HOUR_MS + SIGN_IN_TTL * 1000;
      const generation = await generationOf(agent);
      const claims = { aud: AUDIENCE, sub: agent, exp: expiresAt / 1000 };
      const token = await new SignJWT(generation === "" ? claims : { ...claims, gen: generation })
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
      const { sub, gen = "" } = verified.payload;
      const agent = sub as AgentId;
      if (gen !== (await generationOf(agent))) throw refused();
      return agent;
    },
  };
}
