import { maskNumbers } from "../mask.ts";
import type { Log } from "./log.ts";

interface Loggable {
  category: string;
  message: string;
  hint: string | undefined;
  docs: string | undefined;
  stack?: string | undefined;
}

/** Logs an error; with its stack only if the error is internal. */
export function logError(log: Log, { category, message, hint, docs, stack }: Loggable): void {
  const trace = category === "internal" ? maskNumbers(stack ?? "") : undefined;
  log.warn(message, { category, hint, docs, stack: trace });
}
