import type { Mistake } from "./mistakes.ts";

/** Printable ASCII without spaces, as Twilio's and ngrok's tokens and secrets are. */
export const SECRET_SHAPE = /^[!-~]+$/;

/** Windows' editors write it at the start of a file. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Why a text cannot be a secret of Twilio or ngrok. Shows only a character that no secret has. */
export function secretMistake(value: string, name: string): Mistake {
  const hint = `Set ${name} again.`;
  if (value === "") return { message: `${name} is not set.`, hint };
  if (value.startsWith(BYTE_ORDER_MARK))
    return { message: `${name} starts with a byte-order mark (U+FEFF).`, hint };
  if (value !== value.trim())
    return { message: `${name} starts or ends with a space or a line break.`, hint };
  if (/\s/.test(value)) return { message: `${name} contains a space or a line break.`, hint };
  const [wrong = ""] = /[^!-~]/u.exec(value) ?? [];
  const code = wrong.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  return { message: `${name} contains the character U+${code}, which no token or secret has.`, hint };
}
