import type { Request, RequestHandler, Response } from "express";
import { type Options, rateLimit } from "express-rate-limit";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../http-errors.ts";
import { hasOperatorToken, principalOf } from "./guards.ts";
import { type SenderContext, claimedAddress, createSenders } from "./senders.ts";

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
