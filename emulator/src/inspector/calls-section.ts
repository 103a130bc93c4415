import { type Markup, html } from "./html.ts";
import type { Snapshot } from "./snapshot.ts";
import { timeOf } from "./time.ts";

function row(call: Snapshot["calls"][number]): Markup {
  return html`<tr>
    <td><code>${call.sid}</code></td>
    <td>${call.from}</td>
    <td>${call.to}</td>
    <td>${call.direction}</td>
    <td>${call.status}</td>
    <td>${timeOf(call.dateCreated)}</td>
    <td>${timeOf(call.startTime)}</td>
    <td>${timeOf(call.endTime)}</td>
  </tr>`;
}

export function callsSection(calls: Snapshot["calls"]): Markup {
  if (calls.length === 0)
    return html`<h2 id="calls">Calls</h2>
      <p class="soft">None yet.</p>`;
  return html`<h2 id="calls">Calls</h2>
    <div class="scroll">
      <table>
        <caption>
          Newest first; times are GMT.
        </caption>
        <thead>
          <tr>
            <th scope="col">Call SID</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Direction</th>
            <th scope="col">Status</th>
            <th scope="col">Made</th>
            <th scope="col">Answered</th>
            <th scope="col">Ended</th>
          </tr>
        </thead>
        <tbody>
          ${calls.toReversed().map(row)}
        </tbody>
      </table>
    </div>`;
}
