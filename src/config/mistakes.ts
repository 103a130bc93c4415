import { AppError } from "../errors.ts";

/** Something wrong with the settings, and the fix. */
export interface Mistake {
  message: string;
  hint: string;
}

/**
 * Reports all mistakes as one error.
 * @param otherwise another fix, for all of them @throws AppError config when there are any
 */
export function refuseAll(mistakes: readonly Mistake[], otherwise?: string): void {
  if (mistakes.length === 0) return;
  const messages = mistakes.map(({ message }) => message);
  const hints = [...new Set(mistakes.map(({ hint }) => hint)), ...(otherwise ? [otherwise] : [])];
  throw new AppError("config", messages.join("\n"), { hint: hints.join("\n") });
}
