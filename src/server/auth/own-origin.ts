import type { Request, RequestHandler, Response } from "express";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../send-error.ts";
import { isHandshake } from "../streams/handshakes.ts";

type OwnOrigin = Pick<ServerContext, "isOwnOrigin">;

/** True for a request that one of our own pages sent, or a program that is no browser. */
export function isFromOwnPage(request: Request, { isOwnOrigin }: OwnOrigin): boolean {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (origin !== undefined) return isOwnOrigin(origin);
  return site === undefined || site === "same-origin" || site === "none";
}

export function refuseOtherSite(response: Response): void {
  const error = new AppError("auth", "This request comes from another site.", {
    hint: "Use the agent page itself.",
  });
  sendError(response, 403, error, "forbidden");
}

/** Refuses WebSockets of other sites' pages: browsers send them with the cookies, and without asking (no CORS). */
export function ownHandshakes(context: OwnOrigin): RequestHandler {
  return (request, response, next) => {
    if (isHandshake(request) && !isFromOwnPage(request, context)) refuseOtherSite(response);
    else next();
  };
}
