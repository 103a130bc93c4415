import type { NextFunction, Request, RequestHandler, Response } from "express";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../send-error.ts";
import { createIdentify } from "./identify.ts";
import { isFromOwnPage, refuseOtherSite } from "./own-origin.ts";
import type { Principal } from "./principal.ts";

/** The principal that `authenticated` found. */
export const principalOf = (response: Response): Principal => response.locals.principal as Principal;

/** Allows the operator and signed-in agents. A browser may change something only from our own pages. */
export function authenticated(context: ServerContext): RequestHandler {
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

/** Allows agents; after `authenticated`. */
export const agentOnly: RequestHandler = (_request, response, next) => {
  if (principalOf(response).kind === "agent") return next();
  sendError(
    response,
    403,
    new AppError("auth", "Only a signed-in agent may do this.", { hint: "Open an agent's sign-in link." }),
    "forbidden",
  );
};

/** Allows the operator; after `authenticated`. */
export const operatorOnly: RequestHandler = (_request, response, next) => {
  if (principalOf(response).kind === "operator") return next();
  sendError(
    response,
    403,
    new AppError("auth", "Only an operator may do this.", { hint: "Ask your operator." }),
    "forbidden",
  );
};
