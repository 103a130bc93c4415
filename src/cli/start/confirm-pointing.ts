import { confirm, canPrompt } from "../terminal/confirm.ts";
import type { Context } from "../context.ts";
import type { Proposal } from "../service/events.ts";

/**
 * Asks whether a number that points elsewhere may change.
 * @param yes `--yes` was passed @throws AppError usage without a terminal
 */
export async function confirmPointing(
  { number, before, after }: Proposal,
  yes: boolean,
  context: Pick<Context, "input" | "interrupted" | "output">,
): Promise<boolean> {
  if (!yes && canPrompt(context)) context.output.info(`number   ${before} → ${after}`);
  const noTerminal = {
    message: `${number} points at ${before}, and there is no terminal to confirm the change at.`,
    hint: "Pass --yes to point it here while the server runs. It is restored when the server stops.",
  };
  const message = `Point ${number} at this server? It is restored when the server stops.`;
  return confirm({ message, preset: true, yes, noTerminal }, context);
}
