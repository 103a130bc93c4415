import type { Family } from "./family.ts";
import { type Markup, html } from "./html.ts";
import type { Snapshot } from "./snapshot.ts";
import { timeOf } from "./time.ts";

type Call = Snapshot["calls"][number];

function row(call: Call, isFirst: boolean, isLinked: boolean): Markup {
  const { sid, from, to, direction, status } = call;
  const short = html`<code title="${sid}">${sid.slice(0, 10)}…</code>`;
  return html`<tr id="call-${sid}" class="${isFirst ? "first" : "leg"}">
    <td>${isFirst && isLinked ? html`<a href="/inspector?call=${sid}">${short}</a>` : short}</td>
    <td>${from}</td>
    <td>${to === "" ? "an application" : to}</td>
    <td>${direction}</td>
    <td>${status}</td>
    <td>${timeOf(call.dateCreated)}</td>
    <td>${timeOf(call.startTime)}</td>
    <td>${timeOf(call.endTime)}</td>
  </tr>`;
}

function rowsOf(family: Family, calls: ReadonlyMap<string, Call>, isLinked: boolean): Markup[] {
  return family.calls.flatMap((sid, i) => {
    const call = calls.get(sid);
    return call ? [row(call, i === 0, isLinked)] : [];
  });
}

/** Each call with its legs. @param isLinked whether the first leads to the call's own page */
export function callsSection(shown: readonly Call[], families: readonly Family[], isLinked: boolean): Markup {
  const calls = new Map(shown.map((call) => [call.sid, call]));
  const note = isLinked
    ? "Newest first, each with its legs: the link shows one of them alone, as a sequence. Times are GMT."
    : "Times are GMT.";
  const table = html`<div class="scroll" id="calls-table" role="group" aria-labelledby="calls" tabindex="0">
    <table>
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
        ${families.flatMap((family) => rowsOf(family, calls, isLinked))}
      </tbody>
    </table>
  </div>`;
  const whole = html`<p class="soft">${note}</p>
    ${table}`;
  return html`<h2 id="calls">Calls</h2>
    ${shown.length === 0 ? html`<p class="soft">None yet.</p>` : whole}`;
}
