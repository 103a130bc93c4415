import type { RequestHandler, Response } from "express";
import { AppError } from "../../errors.ts";
import { API_VERSION, API_VERSION_HEADER, SERVER_TIME_HEADER } from "../../version.ts";
import { sendError } from "../send-error.ts";

function refuse(theirs: number, response: Response): void {
  const [older, hint] =
    theirs < API_VERSION
      ? ["the client is older", "Update warm-transfer on this machine."]
      : ["the server is older", "Update warm-transfer on the server's machine and restart the server."];
  const message = `The server has version ${API_VERSION} of the control API, the client version ${theirs}: ${older}.`;
  sendError(response, 409, new AppError("conflict", message, { hint }), "wrong-version");
}

/** Adds the control API's version to every response, and refuses requests with another version. */
export const apiVersion: RequestHandler = (request, response, next) => {
  response.setHeader(API_VERSION_HEADER, String(API_VERSION));
  response.setHeader("Cache-Control", "no-store");
  const theirs = request.get(API_VERSION_HEADER) ?? String(API_VERSION);
  if (!/^\d{1,9}$/.test(theirs))
    throw new AppError("usage", `The header ${API_VERSION_HEADER} must be a number.`, {
      hint: `The server has version ${API_VERSION}.`,
    });
  if (Number(theirs) === API_VERSION) return next();
  refuse(Number(theirs), response);
};

export const serverTime =
  (now: () => number): RequestHandler =>
  (_request, response, next) => {
    response.setHeader(SERVER_TIME_HEADER, String(now()));
    next();
  };
