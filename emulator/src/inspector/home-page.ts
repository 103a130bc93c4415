import { type Markup, html } from "./html.ts";
import { pageFrame } from "./page-frame.ts";
import type { Snapshot } from "./snapshot.ts";

function numberRow(number: Snapshot["numbers"][number]): Markup {
  return html`<tr>
    <td>${number.phoneNumber}</td>
    <td>${number.voiceUrl === "" ? "no voice URL yet" : html`<code>${number.voiceUrl}</code>`}</td>
  </tr>`;
}

/** Explains this port, and links to its pages. */
export function homePage({ url, accountSid, numbers }: Snapshot): string {
  return pageFrame(
    "Local Twilio",
    html`<h1>A local Twilio</h1>
      <p>REST API at <code>${url}/2010-04-01/Accounts/${accountSid}</code></p>
      <ul>
        <li><a href="/phone.html">Phone</a>: call a number as a customer</li>
        <li><a href="/inspector">Inspector</a>: calls, conferences and every request to the app</li>
      </ul>
      <table>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Voice URL</th>
          </tr>
        </thead>
        <tbody>
          ${numbers.map(numberRow)}
        </tbody>
      </table>`,
  );
}
