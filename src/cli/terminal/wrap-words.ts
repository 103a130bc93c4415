import { displayWidth } from "../live/width.ts";

/** Keeps the line's indentation. */
function wrapLine(line: string, columns: number): string {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const [first = "", ...words] = line.trimStart().split(" ");
  const lines = [indent + first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (displayWidth(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(indent + word);
  }
  return lines.join("\n");
}

/**
 * Wraps lines between words. A word that is too long, such as a URL, stays whole.
 * @param columns undefined: do not wrap
 */
export function wrapWords(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < 10) return text;
  const wrapped = (line: string): string => (displayWidth(line) <= columns ? line : wrapLine(line, columns));
  return text.split("\n").map(wrapped).join("\n");
}
