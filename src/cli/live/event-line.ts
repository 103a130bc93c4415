import { wrapWords } from "../terminal/wrap-words.ts";
import { displayWidth, padTo } from "./width.ts";

const WORDS_WIDTH = 46;

/** A line about a call. Each part may have colours. */
export interface EventLine {
  /** Times and names, with the gap after them. */
  head: string;
  happened: string;
  /** Who is in the call now; may be empty. */
  inside: string;
}

/**
 * Aligns who is in the call with the lines before, or moves it left in a narrow terminal. What does not fit goes on in a line below.
 * @param columns undefined: as wide as it is
 */
export function eventLine({ head, happened, inside }: EventLine, columns?: number): string {
  const room = (columns ?? Infinity) - displayWidth(head) - displayWidth(inside);
  const gap = inside === "" ? 0 : 2;
  if (displayWidth(happened) + gap <= room)
    return `${head}${padTo(happened, Math.min(WORDS_WIDTH, room))}${inside}`.trimEnd();
  const indent = " ".repeat(displayWidth(head));
  const below = [happened, inside]
    .filter((part) => part !== "")
    .map((part) => wrapWords(indent + part, columns));
  return head + below.join("\n").slice(indent.length);
}
