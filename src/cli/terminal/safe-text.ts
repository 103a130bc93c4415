import { clean } from "../../mask.ts";

/** Allowed control characters: our colour codes, newlines and tabs. */
// oxlint-disable-next-line no-control-regex -- colour codes start with the escape character
const ALLOWED = /(\u001b\[[\d;]{1,8}m|[\n\t])/;

/** Makes text safe for a terminal: keeps colours, replaces every other control character. */
export function safeText(text: string): string {
  return text
    .split(ALLOWED)
    .map((part, index) => (index % 2 === 1 ? part : clean(part)))
    .join("");
}
