import { type Markup, html } from "./html.ts";
import type { Snapshot } from "./snapshot.ts";
import { timeOf } from "./time.ts";

function item({ at, code, message, callSid, url }: Snapshot["warnings"][number]): Markup {
  const where = [callSid, url].filter((part) => part !== null).join(" · ");
  return html`<li>
    ${timeOf(at)} <span class="bad">${code}: ${message}</span> <code class="soft">${where}</code>
  </li>`;
}

/** Errors and warnings with Twilio's codes, newest first. */
export function warningsSection(warnings: Snapshot["warnings"]): Markup {
  if (warnings.length === 0)
    return html`<h2 id="warnings">Errors and warnings</h2>
      <p class="soft">None.</p>`;
  return html`<h2 id="warnings">Errors and warnings</h2>
    <ul>
      ${warnings.toReversed().map(item)}
    </ul>`;
}
