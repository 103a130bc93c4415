import type { Request, RequestHandler, Response } from "express";
import { type Options, rateLimit } from "express-rate-limit";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../send-error.ts";
import { principalOf } from "./guards.ts";
import { hasOperatorToken } from "./identify.ts";
import { createSenders } from "./senders.ts";
import { claimedAddress } from "./this-machine.ts";

const MINUTE = 60_000;

const COMMON = {
  windowMs: MINUTE,
  standardHeaders: "draft-8",
  legacyHeaders: false,
  // The library warns of X-Forwarded-For behind no trusted proxy; that case is handled here.
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
   * 20 wrong operator tokens a minute from one sender. After that the server looks at no token of this sender, or guessing
   * would go on at full speed; on its own machine it accepts a right one. Sessions do not count, because they cannot be guessed.
   */
  token: RequestHandler;
  /** 120 commands a minute by one agent, or from one operator's address; after `authenticated`. */
  commands: RequestHandler;
}

/** The limits of one server. Webhooks have none. */
export function createLimits(context: ServerContext): Limits {
  const senders = createSenders(context);
  const failures = (skip: (request: Request) => boolean | Promise<boolean>): RequestHandler =>
    rateLimit({
      ...COMMON,
      skip,
      limit: 20,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_request, { statusCode }) => statusCode !== 401,
      keyGenerator: (request) => senders.keyOf(request),
      handler: tooManyTries,
    });
  const isRightLink = async ({ query: { t } }: Request): Promise<boolean> =>
    context.links.agentOf(typeof t === "string" ? t : "").then(
      () => true,
      () => false,
    );
  const isNoGuess = (request: Request): boolean =>
    request.headers.authorization === undefined ||
    (senders.isLocal(request) && hasOperatorToken(request, context.operatorToken));
  const limitTokens = failures(isNoGuess);
  return {
    signIn: failures(isRightLink),
    token: (request, response, next) =>
      limitTokens(request, response, (error?: unknown) => {
        if (hasOperatorToken(request, context.operatorToken)) senders.welcome(request);
        next(error);
      }),
    commands: rateLimit({
      ...COMMON,
      limit: 120,
      keyGenerator: (request, response) => {
        const principal = principalOf(response);
        // An operator who names a false address has the token all the same.
        return principal.kind === "agent"
          ? `agent ${principal.agent}`
          : `operator ${claimedAddress(request)}`;
      },
      handler: tooMany,
    }),
  };
}
