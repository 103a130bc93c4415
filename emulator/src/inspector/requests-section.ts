import { type Markup, html } from "./html.ts";
import type { Snapshot } from "./snapshot.ts";
import { timeOf } from "./time.ts";

type Request = Snapshot["requests"][number];

function outcome({ status, durationMs }: Request): Markup {
  if (durationMs === null) return html`<span class="soft">under way</span>`;
  const isGood = status !== null && status < 400;
  return html`<span class="${isGood ? "good" : "bad"}">${status ?? "no answer"}</span>
    <span class="soft">${durationMs} ms</span>`;
}

const field = ([name, values]: [string, string | readonly string[]]): Markup =>
  html`<tr>
    <th scope="row">${name}</th>
    <td><code>${[values].flat().join(", ")}</code></td>
  </tr>`;

const indented = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

function item(request: Request, at: number | null): Markup {
  const { id, method, path, operation, parameters, body } = request;
  const fields = Object.entries(parameters);
  const table = html`<table>
    <caption>
      Parameters
    </caption>
    <tbody>
      ${fields.map(field)}
    </tbody>
  </table>`;
  return html`<details id="request-${id}">
    <summary>
      ${timeOf(at)} <b>${operation ?? "not recognised"}</b> ${outcome(request)} <code>${method} ${path}</code>
    </summary>
    <p class="actions">
      <button type="button" data-copy="/inspector/requests/${id}/curl" hidden>Copy as curl</button>
      <a href="/inspector/requests/${id}/curl">Show as curl</a>
    </p>
    ${fields.length === 0 ? null : table}
    ${body === null ? null : html`<pre tabindex="0" role="group" aria-label="Answer">${indented(body)}</pre>`}
  </details>`;
}

/** The app's requests to REST, newest first. @param all how many there are, besides those that are shown */
export function requestsSection({ requests, timeline }: Snapshot, all: number): Markup {
  const times = new Map(
    timeline.flatMap((entry) => (entry.kind === "request" ? [[entry.id, entry.at]] : [])),
  );
  const shown = requests.toReversed();
  const rest = all - shown.length;
  return html`<h2 id="requests">Requests of the app</h2>
    <div id="request-list">
      ${shown.length === 0 ? html`<p class="soft">None yet.</p>` : shown.map((one) => item(one, times.get(one.id) ?? null))}
    </div>
    ${rest > 0 ? html`<p class="soft">${rest} older ones are in <a href="/inspector.json">the JSON</a>.</p>` : null}`;
}
