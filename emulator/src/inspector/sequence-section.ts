import { type Markup, html } from "./html.ts";
import { secondsBetween, sequencePicture } from "./sequence-picture.ts";
import type { Snapshot } from "./snapshot.ts";
import { type Step, stepsOf } from "./steps.ts";
import { timeOf } from "./time.ts";

/** More would make the page slow. */
const SHOWN = 400;

function row(step: Step, i: number, steps: readonly Step[]): Markup {
  const { at, from, to, what, tone, target } = step;
  const words = html`<span class="${tone === "bad" ? "bad" : "what"}">${what}</span>`;
  const before = steps[i - 1]?.at ?? at;
  return html`<tr>
    <td>${timeOf(at)}</td>
    <td>${i === 0 || at === before ? "" : `+${secondsBetween(before, at)}`}</td>
    <td>${from === to ? from : `${from} → ${to}`}</td>
    <td>${target === null ? words : html`<a href="#${target}">${words}</a>`}</td>
  </tr>`;
}

function table(steps: readonly Step[]): Markup {
  return html`<div class="scroll" id="steps" role="group" aria-labelledby="steps-caption" tabindex="0">
    <table>
      <caption id="steps-caption">
        The same steps as text; times are GMT.
      </caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">After</th>
          <th scope="col">Who → whom</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map(row)}
      </tbody>
    </table>
  </div>`;
}

/** One call as a picture of who asked whom, and the same steps as a table. @param shown of one family */
export function sequenceSection(shown: Snapshot, view: { call: string; reads: boolean }): Markup {
  const { steps: all, lanes, hidden } = stepsOf(shown, view);
  const steps = all.slice(-SHOWN);
  const left = all.length - steps.length;
  const reads = view.reads
    ? html`<a href="/inspector?call=${view.call}">Hide requests that only read</a>`
    : html`<a href="/inspector?call=${view.call}&amp;reads=1"
        >Show ${hidden === 1 ? "1 request that only reads" : `${hidden} requests that only read`}</a
      >`;
  return html`<h2 id="sequence">Sequence</h2>
    <p class="soft" id="sequence-note">
      ${left > 0 ? html`The newest ${SHOWN} steps; ${left} older ones are in the download. ` : null}
      ${hidden > 0 || view.reads ? reads : null}
    </p>
    <div class="scroll" id="sequence-picture" role="group" aria-label="Picture of the sequence" tabindex="0">
      ${sequencePicture(steps, lanes)}
    </div>
    ${table(steps)}`;
}
