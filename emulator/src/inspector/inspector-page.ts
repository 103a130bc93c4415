import { callsSection } from "./calls-section.ts";
import { conferencesSection } from "./conferences-section.ts";
import { deliveriesSection } from "./deliveries-section.ts";
import type { Family } from "./family.ts";
import { html } from "./html.ts";
import { livePage } from "./page-frame.ts";
import { queuesSection } from "./queues-section.ts";
import { requestsSection } from "./requests-section.ts";
import type { Snapshot } from "./snapshot.ts";
import { warningsSection } from "./warnings-section.ts";

/** More would make the page slow; `/inspector.json` has all. */
const SHOWN = 200;

/** What the page has room for: the newest. */
function newest(shown: Snapshot, families: readonly Family[]): Snapshot {
  const calls = new Set(families.slice(0, SHOWN).flatMap((family) => family.calls));
  return {
    ...shown,
    calls: shown.calls.filter(({ sid }) => calls.has(sid)),
    conferences: shown.conferences.slice(-SHOWN),
    deliveries: shown.deliveries.slice(-SHOWN),
    requests: shown.requests.slice(-SHOWN),
    timeline: shown.timeline.filter(({ kind }) => kind === "request"),
    warnings: shown.warnings.slice(-SHOWN),
  };
}

/** Calls, conferences, queues, warnings and every request, newest first. @param clean takes secrets out */
export function inspectorPage(
  all: Snapshot,
  families: readonly Family[],
  clean: (shown: Snapshot) => Snapshot,
): string {
  const shown = clean(newest(all, families));
  const { accountSid, calls, conferences, queues, warnings } = shown;
  const older = { deliveries: all.deliveries.length, requests: all.requests.length };
  return livePage(
    "Inspector · local Twilio",
    html`<h1 id="title">Inspector</h1>
      <p>
        Account <code>${accountSid}</code> · <a href="/inspector">Refresh</a> ·
        <a href="/inspector.json">JSON</a> · <a href="/">Home</a>
      </p>`,
    html`${callsSection(calls, families.slice(0, SHOWN), true)} ${conferencesSection(conferences)}
    ${queuesSection(queues)} ${warningsSection(warnings)} ${deliveriesSection(shown, older.deliveries)}
    ${requestsSection(shown, older.requests)}`,
  );
}
