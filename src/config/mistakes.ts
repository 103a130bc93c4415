import { AppError } from "../errors.ts";

/** Something that is wrong with the settings: what it is, and what to do about it. */
export interface Mistake {
  message: string;
  hint: string;
}

/**
 * All mistakes as one error.
 * @param otherwise what else can be done @throws AppError config when there are any
 */
export function refuseAll(mistakes: readonly Mistake[], otherwise?: string): void {
  if (mistakes.length === 0) return;
  const messages = mistakes.map(({ message }) => message);
  const hints = [...new Set(mistakes.map(({ hint }) => hint)), ...(otherwise ? [otherwise] : [])];
  throw new AppError("config", messages.join("\n"), { hint: hints.join("\n") });
}
