import type { Request, RequestHandler, Response } from "express";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../send-error.ts";
import { isHandshake } from "../streams/handshakes.ts";

type OwnOrigin = Pick<ServerContext, "isOwnOrigin">;

/** True for a request of our own pages, or of a program that is not a browser. */
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

/** Refuses WebSockets of other sites' pages. Browsers send them with cookies and without a CORS preflight. */
export function ownHandshakes(context: OwnOrigin): RequestHandler {
  return (request, response, next) => {
    if (isHandshake(request) && !isFromOwnPage(request, context)) refuseOtherSite(response);
    else next();
  };
}
