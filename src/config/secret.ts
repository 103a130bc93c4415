import type { Mistake } from "./mistakes.ts";

/** Visible characters of ASCII, at least one: what Twilio's tokens and secrets are made of. */
export const SECRET_SHAPE = /^[!-~]+$/;

/** What is wrong with a secret that has not its shape, without telling it. */
export function secretMistake(value: string, name: string): Mistake {
  const hint = `Set ${name} again.`;
  if (value === "") return { message: `${name} is missing.`, hint };
  if (value !== value.trim())
    return { message: `${name} has a space or a line break at its beginning or end.`, hint };
  return { message: `${name} has characters in it that no secret of Twilio's has.`, hint };
}
