import { createHash, timingSafeEqual } from "node:crypto";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import { type Options, rateLimit } from "express-rate-limit";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../http-errors.ts";
import { isHandshake } from "../streams/stream.ts";
import { claimedAddress, createSenders, type SenderContext } from "./senders.ts";

const PREFIX = "session-";
/** Browsers accept this prefix only over TLS, from the host itself, for all paths. No neighbouring host can set it. */
const OVER_TLS = "__Host-";

export const isOverTls = (publicUrl: string): boolean => publicUrl.startsWith("https:");

/** One cookie per agent, because several agents may be signed in in one browser. */
export const prefixOf = (secure: boolean): string => `${secure ? OVER_TLS : ""}${PREFIX}`;

/**
 * Session ids by agent.
 * @param secure whether browsers reach the server over TLS; cookies without the `__Host-` prefix are then ignored
 */
function sessionCookies(header: string | undefined, secure: boolean): Map<string, string> {
  const prefix = prefixOf(secure);
  const found = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    if (name.startsWith(prefix) && value !== "") found.set(name.slice(prefix.length), value);
  }
  return found;
}

/** Operators may change every call, agents only the call that they are in. */
export type Principal = { kind: "operator" } | AgentPrincipal;

interface AgentPrincipal {
  kind: "agent";
  agent: AgentId;
  session: string;
}

type Identifying = Pick<ServerContext, "sessions" | "operatorToken" | "agents" | "publicUrl">;
type OwnOrigin = Pick<ServerContext, "isOwnOrigin">;
export type Authenticating = Identifying & OwnOrigin;

/** Compares secrets of any length in constant time. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function hasOperatorToken({ headers }: Pick<Request, "headers">, operatorToken: string): boolean {
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
 * Identifies the operator by bearer token, or an agent by session cookie. Undefined without either, and for several agents of one
 * browser when the request names none. @throws AppError auth for a wrong bearer token
 */
export function createIdentify({ sessions, operatorToken, agents, publicUrl }: Identifying) {
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

/** True for a request of our own pages, or of a program that is not a browser. */
function isFromOwnPage(request: Request, { isOwnOrigin }: OwnOrigin): boolean {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (origin !== undefined) return isOwnOrigin(origin);
  return site === undefined || site === "same-origin" || site === "none";
}

function refuseOtherSite(response: Response): void {
  const error = new AppError("auth", "This request comes from another site.", {
    hint: "Use the agent page itself.",
  });
  sendError(response, 403, error, "forbidden");
}

/** Refuses WebSockets of other sites' pages. Browsers send them with cookies and without a CORS preflight. */
export function ownHandshakes(context: OwnOrigin): RequestHandler {
  return (request, response, next) => {
    if (isHandshake(request) && !isFromOwnPage(request, context)) refuseOtherSite(response);
    else next();
  };
}

/** The principal that `authenticated` found. */
export const principalOf = (response: Response): Principal => response.locals.principal as Principal;

/** The agent that `agentOnly` let through. */
export const agentOf = (response: Response): AgentPrincipal => response.locals.principal as AgentPrincipal;

/** Allows the operator and signed-in agents. A browser may change something only from our own pages. */
export function authenticated(context: Authenticating): RequestHandler {
  const identify = createIdentify(context);
  return async (request: Request, response: Response, next: NextFunction) => {
    const principal = await identify(request);
    if (!principal)
      throw new AppError("auth", "You are not signed in.", {
        hint: "Ask the operator for a new sign-in link.",
      });
    const changes = request.method !== "GET" && request.method !== "HEAD";
    if (changes && principal.kind === "agent" && !isFromOwnPage(request, context))
      return refuseOtherSite(response);
    response.locals.principal = principal;
    next();
  };
}

function only(kind: Principal["kind"], message: string, hint: string): RequestHandler {
  return (_request, response, next) => {
    if (principalOf(response).kind === kind) next();
    else sendError(response, 403, new AppError("auth", message, { hint }), "forbidden");
  };
}

/** After `authenticated`. */
export const agentOnly = only(
  "agent",
  "Only a signed-in agent may do this.",
  "Open an agent's sign-in link.",
);

/** After `authenticated`. */
export const operatorOnly = only("operator", "Only an operator may do this.", "Ask your operator.");

const MINUTE = 60_000;

const COMMON = {
  windowMs: MINUTE,
  standardHeaders: "draft-8",
  legacyHeaders: false,
  // The library warns about X-Forwarded-For without a trusted proxy. `createSenders` handles that case.
  validate: false,
} satisfies Partial<Options>;

function tooMany(_request: Request, response: Response): void {
  const error = new AppError("conflict", "Too many requests.", { hint: "Wait a minute and try again." });
  sendError(response, 429, error, "too-many-requests");
}

function tooManyTries(_request: Request, response: Response): void {
  const error = new AppError("auth", "Too many wrong tries.", {
    hint: "Wait a minute and try again. On the server's own machine a right token is always accepted.",
  });
  sendError(response, 429, error, "too-many-tries");
}

export interface Limits {
  /** 20 wrong sign-in links a minute from one sender. A right link always works: its signature cannot be guessed. */
  signIn: RequestHandler;
  /**
   * 20 wrong operator tokens a minute from one sender. Then the server checks no token of this sender, except a right one on
   * its own machine. Sessions do not count, because they cannot be guessed.
   */
  token: RequestHandler;
  /** 120 commands a minute by one agent, or from one operator's address; after `authenticated`. */
  commands: RequestHandler;
}

/** Webhooks have no limit. */
export function createLimits(
  context: SenderContext & Pick<ServerContext, "links" | "operatorToken">,
): Limits {
  const senders = createSenders(context);
  const limitFailures = (skip: (request: Request) => boolean | Promise<boolean>): RequestHandler =>
    rateLimit({
      ...COMMON,
      skip,
      limit: 20,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_request, { statusCode }) => statusCode !== 401,
      keyGenerator: (request) => senders.keyOf(request),
      handler: tooManyTries,
    });
  const isValidLink = async ({ query: { t } }: Request): Promise<boolean> =>
    context.links.agentOf(typeof t === "string" ? t : "").then(
      () => true,
      () => false,
    );
  const needsNoLimit = (request: Request): boolean =>
    request.headers.authorization === undefined ||
    (senders.isLocal(request) && hasOperatorToken(request, context.operatorToken));
  const limitTokens = limitFailures(needsNoLimit);
  return {
    signIn: limitFailures(isValidLink),
    token: (request, response, next) =>
      limitTokens(request, response, (error?: unknown) => {
        if (hasOperatorToken(request, context.operatorToken)) senders.remember(request);
        next(error);
      }),
    commands: rateLimit({
      ...COMMON,
      limit: 120,
      keyGenerator: (request, response) => {
        const principal = principalOf(response);
        // A forged address gains nothing: its sender has the token.
        return principal.kind === "agent"
          ? `agent ${principal.agent}`
          : `operator ${claimedAddress(request)}`;
      },
      handler: tooMany,
    }),
  };
}
