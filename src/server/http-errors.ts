import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import { AppError, type ErrorCategory, toAppError } from "../errors.ts";
import { maskNumbers } from "../mask.ts";
import type { ErrorAnswer } from "./control-api.ts";

const STATUS: Record<ErrorCategory, number> = {
  usage: 400,
  auth: 401,
  "not-found": 404,
  conflict: 409,
  config: 500,
  internal: 500,
  network: 502,
  twilio: 502,
  timeout: 504,
};

export const statusOf = (error: AppError): number => STATUS[error.category];

const LOOK = "The server's log has the details.";

interface Wording {
  /** Default: the error's code, or its category. */
  code?: string | undefined;
  /** Includes internal details. */
  toOperator?: boolean;
}

/** Hides internal details from all but operators, and masks phone numbers. */
export function errorAnswer(error: AppError, { code, toOperator = false }: Wording = {}): ErrorAnswer {
  const isInside = error.category === "internal" || error.category === "config";
  const hidden = isInside && !toOperator;
  const message = hidden ? "The server failed to handle the request." : maskNumbers(error.message);
  const hint = hidden ? LOOK : (error.hint ?? (isInside ? LOOK : null));
  return { error: { category: error.category, code: code ?? error.code ?? error.category, message, hint } };
}

/** Sends an HTML page instead of JSON. */
export type ShowNotice = (status: number, error: ErrorAnswer["error"]) => Promise<void>;

interface Locals {
  /** From `authenticated`. */
  principal?: { kind: "operator" | "agent" };
  /** From `noticePages`, if the client is a browser that shows a page. */
  showNotice?: ShowNotice;
}

/**
 * Sends an HTML page to a person, JSON to a program.
 * @param code default: the error's code, or its category
 */
export function sendError(response: Response, status: number, error: AppError, code?: string): void {
  const { principal, showNotice } = response.locals as Locals;
  const answer = errorAnswer(error, { code, toOperator: principal?.kind === "operator" });
  if (showNotice) void showNotice(status, answer.error);
  else response.status(status).json(answer);
}

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

export function errorHandler(onError: (error: AppError) => void): ErrorRequestHandler {
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
