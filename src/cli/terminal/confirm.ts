import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";

type PromptContext = Pick<Context, "input" | "interrupted" | "output">;

export interface Question {
  message: string;
  /** What the Enter key alone answers. */
  preset?: boolean;
  /** It was said beforehand, by `--yes`. */
  yes: boolean | undefined;
  /** What is said when nobody is there to be asked. */
  noTerminal: { message: string; hint: string };
}

/** A program that reads JSON is not asked, even at a terminal: it would not see what would change. */
export function canPrompt({ input, output }: PromptContext): boolean {
  return input.isInteractive && !output.json;
}

/**
 * Asks before something is changed.
 * @returns whether to go on @throws AppError usage when nobody is there to be asked; InterruptedError
 */
export async function confirm(
  { message, preset = false, yes, noTerminal }: Question,
  context: PromptContext,
): Promise<boolean> {
  if (yes) return true;
  if (!canPrompt(context)) throw new AppError("usage", noTerminal.message, { hint: noTerminal.hint });
  const { createPrompts } = await import("./prompts.ts");
  const isConfirmed = await createPrompts(context).confirm({ message, default: preset });
  if (!isConfirmed) context.output.info("Nothing was changed.");
  return isConfirmed;
}

/** The same before something that cannot be undone. */
export function confirmIrreversible(
  message: string,
  yes: boolean | undefined,
  context: PromptContext,
): Promise<boolean> {
  const noTerminal = {
    message: "Not a terminal; pass --yes to confirm.",
    hint: "This cannot be undone. Pass --yes to confirm.",
  };
  return confirm({ message, yes, noTerminal }, context);
}
