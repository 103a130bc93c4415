import { createHash, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import { isOverTls, sessionCookies } from "./cookies.ts";
import type { Principal } from "./principal.ts";

/** Compares secrets of any length in constant time. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

export function hasOperatorToken({ headers }: Pick<Request, "headers">, operatorToken: string): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  return operatorToken !== "" && sameSecret(given, operatorToken);
}

function wrongToken(): AppError {
  return new AppError("auth", "This operator token is not valid.", {
    hint: "Set OPERATOR_TOKEN to the server's value.",
    code: "wrong-token",
  });
}

const one = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/**
 * Several agents may be signed in in one browser. The page names its agent in a header, in the query of a stream, or in the
 * path of an access token.
 */
function wantedAgent(request: Request, cookies: ReadonlyMap<string, string>): string | undefined {
  const inAddress = /^\/token\/(\w+)$/i.exec(request.path)?.[1] ?? "";
  const fallback = cookies.has(inAddress) ? inAddress : undefined;
  return one(request.headers["x-agent"]) ?? one(request.query.agent) ?? fallback;
}

/**
 * Identifies the operator by bearer token, or an agent by session cookie. Undefined for nobody, and for several agents of one
 * browser when the request names none. @throws AppError auth for a wrong bearer token
 */
export function createIdentify({ sessions, operatorToken, agents, publicUrl }: ServerContext) {
  const signedIn = async ([agent, session]: [string, string]): Promise<Principal | undefined> => {
    const owner = (await sessions.find(session))?.agent;
    return owner === agent && agents.has(owner) ? { kind: "agent", agent: owner, session } : undefined;
  };
  return async (request: Request): Promise<Principal | undefined> => {
    const { authorization, cookie } = request.headers;
    if (hasOperatorToken(request, operatorToken)) return { kind: "operator" };
    if (authorization !== undefined) throw wrongToken();
    const cookies = sessionCookies(cookie, isOverTls(publicUrl()));
    const wanted = wantedAgent(request, cookies);
    const candidates = [...cookies].filter(([agent]) => wanted === undefined || agent === wanted);
    const valid = (await Promise.all(candidates.map(signedIn))).filter(
      (principal) => principal !== undefined,
    );
    return valid.length === 1 ? valid[0] : undefined;
  };
}
