import type { AppError, ErrorCategory } from "../errors.ts";
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

/** The HTTP status of an error. */
export const statusOf = (error: AppError): number => STATUS[error.category];

const LOOK = "The server's log says more.";

interface Wording {
  /** For programs; default: the error's own, or the category. */
  code?: string | undefined;
  /** An operator may read what the log says. */
  toOperator?: boolean;
}

/** Every error's body. What went wrong inside stays inside; no whole phone number leaves in a message. */
export function errorAnswer(error: AppError, { code, toOperator = false }: Wording = {}): ErrorAnswer {
  const isInside = error.category === "internal" || error.category === "config";
  const hidden = isInside && !toOperator;
  const message = hidden ? "Something went wrong on this server." : maskNumbers(error.message);
  const hint = hidden ? LOOK : (error.hint ?? (isInside ? LOOK : null));
  return { error: { category: error.category, code: code ?? error.code ?? error.category, message, hint } };
}
