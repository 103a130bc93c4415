import { agrees, canAsk } from "../agree.ts";
import type { Context } from "../context.ts";
import type { Proposal } from "../service/events.ts";

/**
 * Asks whether a number may be taken from where it points now.
 * @param yes it was said beforehand, by `--yes`
 * @throws AppError usage when nobody is there to be asked
 */
export async function mayPoint(
  { number, before, after }: Proposal,
  yes: boolean,
  context: Pick<Context, "input" | "asked" | "output">,
): Promise<boolean> {
  if (!yes && canAsk(context)) context.output.say(`number   ${before} → ${after}`);
  const unasked = {
    message: `${number} leads to ${before}, and nobody is here to be asked.`,
    hint: "Add --yes to let it ring here meanwhile: at the end it gets back what it had.",
  };
  const message = `Let ${number} ring here? At the end it gets back what it had.`;
  return agrees({ message, preset: true, yes, unasked }, context);
}
