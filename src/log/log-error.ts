import { maskNumbers } from "../mask.ts";
import type { Log } from "./log.ts";

interface Loggable {
  category: string;
  message: string;
  hint: string | undefined;
  docs: string | undefined;
  stack?: string | undefined;
}

/** Writes an error to a log. The stack is kept only for what we did not foresee. */
export function logError(log: Log, { category, message, hint, docs, stack }: Loggable): void {
  const trace = category === "internal" ? maskNumbers(stack ?? "") : undefined;
  log.warn(message, { category, hint, docs, stack: trace });
}
