import { type Markup, html } from "./html.ts";

/** A time of the day in GMT, with the whole moment behind it; a dash for none. @param at ms since 1970 */
export function timeOf(at: number | null): Markup {
  if (at === null) return html`–`;
  const moment = new Date(at).toISOString();
  return html`<time datetime="${moment}" title="${moment}">${moment.slice(11, 23)}</time>`;
}
