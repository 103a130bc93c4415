import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";

type Asking = Pick<Context, "input" | "asked" | "output">;

export interface Question {
  message: string;
  /** What the Enter key alone answers. */
  preset?: boolean;
  /** It was said beforehand, by `--yes`. */
  yes: boolean | undefined;
  /** What is said when nobody is there to be asked. */
  unasked: { message: string; hint: string };
}

/** A program that reads JSON is not asked, even at a terminal: it would not see what would change. */
export function canAsk({ input, output }: Asking): boolean {
  return input.isInteractive && !output.json;
}

/**
 * Asks before something is changed.
 * @returns whether to go on @throws AppError usage when nobody is there to be asked; InterruptedError
 */
export async function agrees(
  { message, preset = false, yes, unasked }: Question,
  context: Asking,
): Promise<boolean> {
  if (yes) return true;
  if (!canAsk(context)) throw new AppError("usage", unasked.message, { hint: unasked.hint });
  const { createPrompts } = await import("./prompts.ts");
  const agreed = await createPrompts(context).confirm({ message, default: preset });
  if (!agreed) context.output.say("Nothing was changed.");
  return agreed;
}

/** The same before something that cannot be undone. */
export function isSure(message: string, yes: boolean | undefined, context: Asking): Promise<boolean> {
  const unasked = {
    message: "Not a terminal; pass --yes to confirm.",
    hint: "This cannot be undone. Pass --yes to confirm.",
  };
  return agrees({ message, yes, unasked }, context);
}
