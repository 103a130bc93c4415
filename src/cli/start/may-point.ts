import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { createPrompts } from "../prompts.ts";
import type { Proposal } from "../service/events.ts";

/**
 * Asks whether a number may be taken from where it points now.
 * @param yes it was said beforehand
 * @throws AppError usage when nobody is there to be asked
 */
export async function mayPoint(
  { number, before, after }: Proposal,
  yes: boolean,
  context: Pick<Context, "input" | "asked" | "output">,
): Promise<boolean> {
  if (yes) return true;
  if (!context.input.isInteractive)
    throw new AppError("usage", `${number} leads to ${before}, and nobody is here to be asked.`, {
      hint: "Add --yes to let it ring here meanwhile: at the end it gets back what it had.",
    });
  context.output.say(`number   ${before} → ${after}`);
  const message = `Let ${number} ring here? At the end it gets back what it had.`;
  return createPrompts(context).confirm({ message, default: true });
}
