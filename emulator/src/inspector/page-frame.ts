import { type Markup, html } from "./html.ts";
import { STYLES } from "./styles.ts";

/** A whole page. */
export function pageFrame(title: string, body: Markup): string {
  const style = { markup: `<style>${STYLES}</style>` };
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        ${style}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.markup;
}
