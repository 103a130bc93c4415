import type { ErrorCategory } from "../errors.ts";

export const DONE = 0;
export const FAILED = 1;
/** 128 plus the number of SIGINT. */
export const INTERRUPTED = 130;

const CODES: Record<ErrorCategory, number> = {
  internal: FAILED,
  twilio: FAILED,
  usage: 2,
  config: 2,
  "not-found": 3,
  conflict: 3,
  auth: 4,
  network: 5,
  timeout: 6,
};

export function exitCodeOf(category: ErrorCategory): number {
  return CODES[category];
}
