import { agrees } from "../agree.ts";
import type { Context } from "../context.ts";

/**
 * Asks before a number is changed. What would change has been shown.
 * @param yes it was said beforehand, by `--yes` @throws AppError usage when nobody is there to be asked
 */
export function agreesToChange(
  message: string,
  yes: boolean | undefined,
  context: Pick<Context, "input" | "asked" | "output">,
): Promise<boolean> {
  const unasked = {
    message: "Nobody is here to be asked whether the number may be changed.",
    hint: "Add --yes to change it, or --dry-run to see what would change.",
  };
  return agrees({ message, yes, unasked }, context);
}
