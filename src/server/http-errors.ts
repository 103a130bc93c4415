import type { AppError, ErrorCategory } from "../errors.ts";
import { maskNumbers } from "../log.ts";
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

const LOOK = "The server's log says more.";

/** Every error's body. What went wrong inside stays inside; no whole phone number leaves in a message. */
export function errorAnswer(error: AppError, code: string = error.code ?? error.category): ErrorAnswer {
  const hidden = error.category === "internal" || error.category === "config";
  const message = hidden ? "Something went wrong on this server." : maskNumbers(error.message);
  return { error: { category: error.category, code, message, hint: hidden ? LOOK : (error.hint ?? null) } };
}
