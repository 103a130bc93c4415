import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";

type PromptContext = Pick<Context, "input" | "interrupted" | "output">;

export interface Question {
  message: string;
  /** The answer of the Enter key alone. */
  preset?: boolean;
  /** `--yes` was passed. */
  yes: boolean | undefined;
  /** The error without a terminal. */
  noTerminal: { message: string; hint: string };
}

/** False with `--json`, even at a terminal: the changes are not shown there. */
export function canPrompt({ input, output }: PromptContext): boolean {
  return input.isInteractive && !output.json;
}

/**
 * Prompts before a change.
 * @throws AppError usage without a terminal; InterruptedError
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
