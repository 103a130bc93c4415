import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { createPrompts } from "../prompts.ts";

/**
 * Asks before something that cannot be undone.
 * @param yes the answer was given beforehand, by `--yes`
 * @returns whether to go on @throws AppError usage when there is nobody to ask
 */
export async function isSure(question: string, yes: boolean | undefined, context: Context): Promise<boolean> {
  if (yes) return true;
  if (!context.input.isInteractive)
    throw new AppError("usage", "This cannot be undone, and there is nobody to ask.", {
      hint: "Add --yes to do it without being asked.",
    });
  const sure = await createPrompts(context).confirm({ message: question, default: false });
  if (!sure) context.output.say("Nothing was changed.");
  return sure;
}
