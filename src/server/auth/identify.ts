import { createHash, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import { sessionCookies } from "./cookies.ts";
import type { Principal } from "./principal.ts";

/** Compares secrets of any length without telling by its time where they differ. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function operator(authorization: string, operatorToken: string): Principal {
  const given = /^Bearer (.+)$/i.exec(authorization)?.[1] ?? "";
  if (operatorToken !== "" && sameSecret(given, operatorToken)) return { kind: "operator" };
  throw new AppError("auth", "This operator token is not valid.", {
    hint: "Set OPERATOR_TOKEN as the server has it.",
    code: "wrong-token",
  });
}

const one = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/**
 * Which of the agents in this browser asks: the page says it by header or (for the event stream) in the query. Who asks for
 * a token is said by the address, if such an agent is signed in.
 */
function wantedAgent(request: Request, cookies: ReadonlyMap<string, string>): string | undefined {
  const inAddress = /^\/token\/(\w+)$/i.exec(request.path)?.[1] ?? "";
  const fallback = cookies.has(inAddress) ? inAddress : undefined;
  return one(request.headers["x-agent"]) ?? one(request.query.agent) ?? fallback;
}

/**
 * Who sends a request: the operator by bearer token, or an agent by session cookie. With several agents in one browser the
 * request must say which one. Resolves with undefined for nobody. @throws AppError auth for a wrong bearer token
 */
export function createIdentify({ sessions, operatorToken, agents }: ServerContext) {
  const signedIn = async ([agent, session]: [string, string]): Promise<Principal | undefined> => {
    const owner = await sessions.find(session);
    const valid = owner === agent && agents.has(owner);
    return valid ? { kind: "agent", agent: agent as AgentId, session } : undefined;
  };
  return async (request: Request): Promise<Principal | undefined> => {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) return operator(authorization, operatorToken);
    const cookies = sessionCookies(cookie);
    const wanted = wantedAgent(request, cookies);
    const candidates = [...cookies].filter(([agent]) => wanted === undefined || agent === wanted);
    const valid = (await Promise.all(candidates.map(signedIn))).filter(
      (principal) => principal !== undefined,
    );
    return valid.length === 1 ? valid[0] : undefined;
  };
}
