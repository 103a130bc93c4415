import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";

type Asking = Pick<Context, "input" | "asked" | "output">;

/** A program that reads JSON is not asked, even at a terminal: it would not see what would change. */
export function canAsk({ input, output }: Asking): boolean {
  return input.isInteractive && !output.json;
}

/**
 * Asks before a number is changed. What would change has been shown.
 * @param yes it was said beforehand
 * @throws AppError usage when nobody is there to be asked
 */
export async function agrees(question: string, yes: boolean | undefined, context: Asking): Promise<boolean> {
  if (yes) return true;
  if (!canAsk(context))
    throw new AppError("usage", "Nobody is here to be asked whether the number may be changed.", {
      hint: "Add --yes to change it, or --dry-run to see what would change.",
    });
  const { createPrompts } = await import("../prompts.ts");
  const agreed = await createPrompts(context).confirm({ message: question, default: false });
  if (!agreed) context.output.say("Nothing was changed.");
  return agreed;
}
