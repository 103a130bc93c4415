import { SignJWT, jwtVerify } from "jose";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";

/** Keeps tokens that we made for another purpose from signing an agent in. */
const AUDIENCE = "sign-in";
const HEADER = { alg: "HS256" };
/** The same for every link, so that it is left out of them: a link should fit into two lines of a terminal. */
const HEADER_PART = Buffer.from(JSON.stringify(HEADER)).toString("base64url");
/** Seconds that a session is valid, and a link at least. */
export const SIGN_IN_TTL = 12 * 60 * 60;

const HOUR_MS = 3_600_000;

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
  return new AppError("auth", "This sign-in link has expired or is incomplete.", {
    hint: "Ask the operator for a new link.",
  });
}

/**
 * Links that sign an agent in. A link works until it expires, so that a page can be opened in another browser, or until its
 * agent is removed: a link carries the agent's generation.
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
      // To the full hour: whoever asks again within the hour gets the same link.
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
