import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { createPrompts } from "../terminal/prompts.ts";

export interface ChoiceWords<Value> {
  /** Completes "Several … match": `calls`. */
  many: string;
  /** Completes "the only matching …": `call`. */
  one: string;
  /** A line that identifies the value. Starts with the argument to pass for it. */
  lineOf: (value: Value) => string;
}

const LISTED = 20;

function ambiguous(lines: readonly string[], many: string): AppError {
  const more = lines.length > LISTED ? [`  and ${lines.length - LISTED} more`] : [];
  const list = lines.slice(0, LISTED).map((line) => `  ${line}`);
  return new AppError("usage", `Several ${many} match.`, {
    hint: ["Pass one of these:", ...list, ...more].join("\n"),
  });
}

/**
 * Returns the only candidate and reports it, or prompts for one of several.
 * @param candidates at least one
 * @throws AppError usage that lists the candidates if there are several and no terminal
 */
export async function chooseOne<Value>(
  candidates: readonly Value[],
  { one, many, lineOf }: ChoiceWords<Value>,
  context: Context,
): Promise<Value> {
  const [first] = candidates;
  if (first === undefined) throw new Error(`there are no ${many} to choose from`);
  const lines = candidates.map((candidate) => lineOf(candidate));
  if (candidates.length === 1) {
    context.output.info(`Using the only matching ${one}: ${lines[0]}`);
    return first;
  }
  if (!context.input.isInteractive) throw ambiguous(lines, many);
  const choices = candidates.map((value, index) => ({ value, name: lines[index] ?? "" }));
  return createPrompts(context).choose({ message: `Which ${one}?`, choices });
}
