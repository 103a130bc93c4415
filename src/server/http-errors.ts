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
