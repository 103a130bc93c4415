import { callsSection } from "./calls-section.ts";
import { conferencesSection } from "./conferences-section.ts";
import { deliveriesSection } from "./deliveries-section.ts";
import { html } from "./html.ts";
import { livePage } from "./page-frame.ts";
import { queuesSection } from "./queues-section.ts";
import { requestsSection } from "./requests-section.ts";
import { sequenceSection } from "./sequence-section.ts";
import type { Snapshot } from "./snapshot.ts";
import { warningsSection } from "./warnings-section.ts";

/** More would make the page slow; the download has all. */
const SHOWN = 400;

/** One call and all that belongs to it, as a sequence and in parts. @param shown of one family, without secrets */
export function callPage(shown: Snapshot, view: { call: string; reads: boolean }): string {
  const { calls, conferences, queues, warnings, deliveries, requests } = shown;
  const newest = { ...shown, deliveries: deliveries.slice(-SHOWN), requests: requests.slice(-SHOWN) };
  const { call } = view;
  const family = { calls: calls.map(({ sid }) => sid), conferences: [] };
  const [first] = calls;
  const name = first ? `${first.from} → ${first.to === "" ? "an application" : first.to}` : call;
  return livePage(
    `${name} · local Twilio`,
    html`<h1 id="title">Call ${name}</h1>
      <p><a href="/inspector">All calls</a> · <a href="/inspector?call=${call}">Refresh</a></p>
      <p>
        <a href="/inspector/calls/${call}.json" download>Download the call</a>
        <span class="soft">
          with made-up numbers, for a bug report or <code>warm-transfer replay</code>, or
          <a href="/inspector/calls/${call}.json?numbers=real" download>with the real numbers</a>.
        </span>
      </p>`,
    html`${sequenceSection(shown, view)} ${callsSection(calls, [family], false)}
    ${conferencesSection(conferences)} ${queuesSection(queues)} ${warningsSection(warnings)}
    ${deliveriesSection(newest, deliveries.length)} ${requestsSection(newest, requests.length)}`,
  );
}
