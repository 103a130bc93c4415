import type { AppError } from "../../errors.ts";
import { maskNumbers, safeJson } from "../../mask.ts";
import type { Paint } from "./colour.ts";
import { safeText } from "./safe-text.ts";
import { wrapWords } from "./wrap-words.ts";

interface Style {
  json: boolean;
  /** Adds the stack, and those of the causes. */
  debug: boolean;
  paint: Paint;
  /** The terminal's width; undefined: do not wrap. */
  columns?: number | undefined;
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

/** Indents further lines below the first, except those that are indented already. */
function labelled(label: string, text: string, { paint, columns }: Style): string {
  const indent = " ".repeat(label.length + 1);
  const body = wrapWords(text, columns === undefined ? undefined : columns - indent.length);
  const tint = label === "error:" ? paint.red : paint.cyan;
  return `${tint(label)} ${body.replace(/\n(?=[^\s])/g, `\n${indent}`)}`;
}

/**
 * Formats an error for stderr, with a final newline: `error:`, `hint:` and `docs:` lines, or one JSON object.
 * Phone numbers in it are masked.
 */
export function formatError(error: AppError, style: Style): string {
  const { json, debug, paint } = style;
  if (json) return `${maskNumbers(safeJson(asObject(error, debug)))}\n`;
  const lines = [labelled("error:", error.message, style)];
  if (error.hint) lines.push(labelled("hint:", error.hint, style));
  if (error.docs) lines.push(labelled("docs:", error.docs, style));
  if (debug) lines.push(paint.dim(stackOf(error)));
  return `${safeText(maskNumbers(lines.join("\n")))}\n`;
}
