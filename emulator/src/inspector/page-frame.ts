import { type Markup, html } from "./html.ts";
import { STYLES } from "./styles.ts";

function frame(title: string, body: Markup, script: Markup | null): string {
  const style = { markup: `<style>${STYLES}</style>` };
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        ${style}${script}
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
}

/** A whole page. */
export function pageFrame(title: string, body: Markup): string {
  return frame(title, html`<main>${body}</main>`, null);
}

/** A whole page that follows what happens. Without its script it is a page to be refreshed. */
export function livePage(title: string, header: Markup, content: Markup): string {
  return frame(
    title,
    html`<main>
      ${header}
      <p id="live" hidden>
        <button type="button" id="pause" aria-pressed="false">Pause</button>
        <span id="said" role="status"></span>
      </p>
      <div id="content">${content}</div>
    </main>`,
    html`<script type="module" src="/inspector.js"></script>`,
  );
}
