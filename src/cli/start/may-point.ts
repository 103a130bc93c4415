import { agrees, canAsk } from "../terminal/agree.ts";
import type { Context } from "../context.ts";
import type { Proposal } from "../service/events.ts";

/**
 * Asks whether a number that points elsewhere may change.
 * @param yes `--yes` was passed @throws AppError usage without a terminal
 */
export async function mayPoint(
  { number, before, after }: Proposal,
  yes: boolean,
  context: Pick<Context, "input" | "asked" | "output">,
): Promise<boolean> {
  if (!yes && canAsk(context)) context.output.say(`number   ${before} → ${after}`);
  const unasked = {
    message: `${number} points at ${before}, and there is no terminal to confirm the change at.`,
    hint: "Pass --yes to point it here while the server runs. It is restored when the server stops.",
  };
  const message = `Point ${number} at this server? It is restored when the server stops.`;
  return agrees({ message, preset: true, yes, unasked }, context);
}
