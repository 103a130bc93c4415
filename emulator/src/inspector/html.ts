/** Markup that may stand in a page as it is. Only `html` makes it. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | readonly Markup[] | string | number | null;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function markupOf(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number")
    return String(part).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
  return "markup" in part ? part.markup : part.map((each) => each.markup).join("");
}

/** A template whose values are escaped, unless they are markup. Attributes must be quoted. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  return { markup: texts.reduce((sum, text, i) => sum + markupOf(parts[i - 1] ?? null) + text) };
}
