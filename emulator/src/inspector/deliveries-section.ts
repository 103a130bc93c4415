import { type Markup, html } from "./html.ts";
import type { Snapshot } from "./snapshot.ts";
import { timeOf } from "./time.ts";

type Delivery = Snapshot["deliveries"][number];

function outcome({ status, durationMs, error, attempts }: Delivery): Markup {
  const took = durationMs === null ? "under way" : `${Math.round(durationMs)} ms`;
  const tries = attempts > 1 ? `, ${attempts} attempts` : "";
  if (error)
    return html`<span class="bad">error ${error.code}</span> <span class="soft">${took}${tries}</span>`;
  return html`<span class="good">${status ?? "…"}</span> <span class="soft">${took}${tries}</span>`;
}

function field([name, value]: [string, string]): Markup {
  return html`<tr>
    <th scope="row">${name}</th>
    <td><code>${value}</code></td>
  </tr>`;
}

function delivery(each: Delivery): Markup {
  const { id, kind, method, url, params, signature, contentType, body, error, startedAt, again } = each;
  return html`<details id="delivery-${id}">
    <summary>${timeOf(startedAt)} <b>${kind}</b> ${outcome(each)} <code>${method} ${url}</code></summary>
    ${error && html`<p class="bad">${error.code}: ${error.message}</p>`}
    ${again === null ? null : html`<p class="soft">Delivery ${again} sent again: the answer steers nothing.</p>`}
    <form class="actions" method="post" action="/inspector/deliveries/${id}/send-again">
      <button type="submit">Send again</button>
      <button type="button" data-copy="/inspector/deliveries/${id}/curl" hidden>Copy as curl</button>
      <a href="/inspector/deliveries/${id}/curl">Show as curl</a>
    </form>
    <table>
      <caption>
        Sent, signed ${signature}
      </caption>
      <tbody>
        ${Object.entries(params).map(field)}
      </tbody>
    </table>
    <p class="soft">Answered with ${contentType ?? "no content type"}</p>
    ${body === null ? null : html`<pre tabindex="0" role="group" aria-label="Answer">${body}</pre>`}
  </details>`;
}

/** The requests to the app, newest first. @param all how many there are, besides those that are shown */
export function deliveriesSection({ deliveries }: Snapshot, all: number): Markup {
  const rest = all - deliveries.length;
  const none = html`<p class="soft">None yet: point a number at your app and call it.</p>`;
  return html`<h2 id="deliveries">Requests to the app</h2>
    <div id="delivery-list">${deliveries.length === 0 ? none : deliveries.toReversed().map(delivery)}</div>
    ${rest > 0 ? html`<p class="soft">${rest} older ones are in <a href="/inspector.json">the JSON</a>.</p>` : null}`;
}
