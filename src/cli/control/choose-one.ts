import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { createPrompts } from "../terminal/prompts.ts";

/** What is chosen from, in words. */
export interface ChoiceWords<Value> {
  /** Completes "Several … fit": `calls`. */
  many: string;
  /** Completes "The only … that fits": `call`. */
  one: string;
  /** A line that tells it from the others, beginning with what to type for it. */
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
 * The one of the candidates that is meant: the only one, which is said, or the one that a person at the terminal chooses.
 * @param candidates at least one
 * @throws AppError usage that lists them when there are several and nobody to ask
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
