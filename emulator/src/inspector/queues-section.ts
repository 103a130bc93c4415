import { type Markup, html } from "./html.ts";
import type { Snapshot } from "./snapshot.ts";
import { timeOf } from "./time.ts";

type Queue = Snapshot["queues"][number];

function queue({ sid, friendlyName, maxSize, members }: Queue): Markup {
  return html`<h3>${friendlyName}</h3>
    <p><code>${sid}</code> · ${members.length} of at most ${maxSize}</p>
    ${
      members.length === 0
        ? html`<p class="soft">Nobody waits in it.</p>`
        : html`<ol>
            ${members.map(
              ({ callSid, dateEnqueued }) =>
                html`<li><code>${callSid}</code> since ${timeOf(dateEnqueued)}</li>`,
            )}
          </ol>`
    }`;
}

/** Who waits in which queue, the front first; nothing if there are no queues. */
export function queuesSection(queues: Snapshot["queues"]): Markup | null {
  if (queues.length === 0) return null;
  return html`<h2 id="queues">Queues</h2>
    ${queues.toReversed().map(queue)}`;
}
