import { confirm } from "../terminal/confirm.ts";
import type { Context } from "../context.ts";

/**
 * Asks before a number changes; the changes are already shown.
 * @param yes `--yes` was passed @throws AppError usage without a terminal
 */
export function confirmNumberChange(
  message: string,
  yes: boolean | undefined,
  context: Pick<Context, "input" | "interrupted" | "output">,
): Promise<boolean> {
  const noTerminal = {
    message: "The number was not changed: there is no terminal to confirm at.",
    hint: "Pass --yes to change it, or --dry-run to see what would change.",
  };
  return confirm({ message, yes, noTerminal }, context);
}
