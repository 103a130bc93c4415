import type { ErrorRequestHandler, RequestHandler } from "express";
import { AppError, toAppError } from "../errors.ts";
import type { ServerContext } from "./context.ts";
import { statusOf } from "./http-errors.ts";
import { sendError } from "./send-error.ts";

/** The status of an error of express or its body parsers, if the client caused it. */
function clientStatus(thrown: unknown): number | undefined {
  const status = (thrown as { status?: unknown } | null)?.status;
  return typeof status === "number" && status >= 400 && status < 500 ? status : undefined;
}

const SENTENCES: Record<number, string> = {
  413: "The body is too large.",
  415: "The server does not support the encoding of the body.",
};

export const notFound: RequestHandler = (_request, response) => {
  sendError(
    response,
    404,
    new AppError("not-found", "No page or route has this address.", {
      hint: "docs/control-api.md lists the addresses of the control API.",
    }),
  );
};

export function errorHandler({ onError }: ServerContext): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    if (response.headersSent) return next(thrown);
    const status = thrown instanceof AppError ? undefined : clientStatus(thrown);
    if (status !== undefined) {
      const message = SENTENCES[status] ?? "The request could not be read.";
      return sendError(
        response,
        status,
        new AppError("usage", message, { hint: "docs/control-api.md describes every request." }),
      );
    }
    const error = toAppError(thrown);
    if (statusOf(error) >= 500) onError(error);
    sendError(
      response,
      statusOf(error),
      error,
      error.code ?? (error.category === "auth" ? "not-signed-in" : undefined),
    );
  };
}
