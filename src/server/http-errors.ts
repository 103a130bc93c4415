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

const LOOK = "The server's log has the details.";

interface Wording {
  /** For programs; default: the error's own, or the category. */
  code?: string | undefined;
  /** Operators may read internal details. */
  toOperator?: boolean;
}

/** The body of an error. Internal details are for operators only, and phone numbers are masked. */
export function errorAnswer(error: AppError, { code, toOperator = false }: Wording = {}): ErrorAnswer {
  const isInside = error.category === "internal" || error.category === "config";
  const hidden = isInside && !toOperator;
  const message = hidden ? "The server failed to handle the request." : maskNumbers(error.message);
  const hint = hidden ? LOOK : (error.hint ?? (isInside ? LOOK : null));
  return { error: { category: error.category, code: code ?? error.code ?? error.category, message, hint } };
}
