import { clean } from "../../mask.ts";

/** What a text may have besides characters: our own colours, new lines and tabulators. */
// oxlint-disable-next-line no-control-regex -- colours are told by the escape character
const ALLOWED = /(\u001b\[[\d;]{1,8}m|[\n\t])/;

/** A text as it may go to a terminal: colours stay, whatever else a terminal would applyCommand is shown as a character. */
export function safeText(text: string): string {
  return text
    .split(ALLOWED)
    .map((part, index) => (index % 2 === 1 ? part : clean(part)))
    .join("");
}
