import type { Request, RequestHandler, Response } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { AppError } from "../../errors.ts";
import { sendError } from "../send-error.ts";
import { principalOf } from "./guards.ts";

const MINUTE = 60_000;

const address = (request: Request): string => ipKeyGenerator(request.ip ?? "");

function tooMany(_request: Request, response: Response): void {
  const error = new AppError("conflict", "Too many requests.", { hint: "Wait a minute and try again." });
  sendError(response, 429, error, "too-many-requests");
}

function tooManyTries(_request: Request, response: Response): void {
  const error = new AppError("auth", "Too many wrong tries from this address.", {
    hint: "Wait a minute and try again.",
  });
  sendError(response, 429, error, "too-many-tries");
}

/**
 * Slows guessing down: 20 refused tries in a minute from one address; those that are let in do not count. After that a
 * right token is refused too: otherwise guessing would go on at full speed.
 * @param isGuess which requests are meant; default: all
 */
export function failureLimit(isGuess: (request: Request) => boolean = () => true): RequestHandler {
  return rateLimit({
    skip: (request) => !isGuess(request),
    windowMs: MINUTE,
    limit: 20,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 401,
    keyGenerator: address,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: tooManyTries,
  });
}

/** A bearer token could be guessed; sessions cannot: nobody is kept from working by the wrong token of a neighbour. */
export const tokenLimit = (): RequestHandler =>
  failureLimit(({ headers }) => headers.authorization !== undefined);

/** At most 120 commands in a minute by one agent, or from one operator's address; after `authenticated`. */
export function commandLimit(): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    limit: 120,
    keyGenerator: (request, response) => {
      const principal = principalOf(response);
      return principal.kind === "agent" ? `agent ${principal.agent}` : `operator ${address(request)}`;
    },
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: tooMany,
  });
}
