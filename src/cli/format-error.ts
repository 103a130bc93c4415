import type { AppError } from "../errors.ts";
import { maskNumbers } from "../log.ts";
import type { Paint } from "./colour.ts";

interface Style {
  json: boolean;
  /** Adds the stack, and those of the causes. */
  debug: boolean;
  paint: Paint;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}

function asObject(error: AppError, debug: boolean): object {
  const { category, message, hint = null, docs = null } = error;
  return { error: { category, message, hint, docs, ...(debug ? { stack: stackOf(error) } : {}) } };
}

/**
 * An error as it goes to stderr, with a newline at its end: `error:`, `hint:` and `docs:` lines, or one JSON object.
 * Phone numbers in it are masked.
 */
export function formatError(error: AppError, { json, debug, paint }: Style): string {
  if (json) return `${maskNumbers(JSON.stringify(asObject(error, debug)))}\n`;
  const lines = [`${paint.red("error:")} ${error.message}`];
  if (error.hint) lines.push(`${paint.cyan("hint:")} ${error.hint}`);
  if (error.docs) lines.push(`${paint.cyan("docs:")} ${error.docs}`);
  if (debug) lines.push(paint.dim(stackOf(error)));
  return `${maskNumbers(lines.join("\n"))}\n`;
}
