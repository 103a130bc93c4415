import type { RequestHandler, Response } from "express";
import { AppError } from "../../errors.ts";
import { API_VERSION, API_VERSION_HEADER, SERVER_TIME_HEADER } from "../../version.ts";
import { sendError } from "../send-error.ts";

function refuse(theirs: number, response: Response): void {
  const [older, hint] =
    theirs < API_VERSION
      ? ["the client is older", "Update warm-transfer here, where the command was typed."]
      : ["the server is older", "Update warm-transfer on the server's machine and start it again."];
  const message = `This server speaks version ${API_VERSION} of the control API and the client version ${theirs}: ${older}.`;
  sendError(response, 409, new AppError("conflict", message, { hint }), "wrong-version");
}

/** Says the control API's version with every answer, and refuses a request that says another one. */
export const apiVersion: RequestHandler = (request, response, next) => {
  response.setHeader(API_VERSION_HEADER, String(API_VERSION));
  response.setHeader("Cache-Control", "no-store");
  const theirs = request.get(API_VERSION_HEADER) ?? String(API_VERSION);
  if (!/^\d{1,9}$/.test(theirs))
    throw new AppError("usage", `The header ${API_VERSION_HEADER} must be a number.`, {
      hint: `This server speaks version ${API_VERSION}.`,
    });
  if (Number(theirs) === API_VERSION) return next();
  refuse(Number(theirs), response);
};

/** Says with every answer what time it is on the server. */
export const serverTime =
  (now: () => number): RequestHandler =>
  (_request, response, next) => {
    response.setHeader(SERVER_TIME_HEADER, String(now()));
    next();
  };
