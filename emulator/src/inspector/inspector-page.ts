import { callsSection } from "./calls-section.ts";
import { conferencesSection } from "./conferences-section.ts";
import { deliveriesSection } from "./deliveries-section.ts";
import { html } from "./html.ts";
import { pageFrame } from "./page-frame.ts";
import type { Snapshot } from "./snapshot.ts";
import { warningsSection } from "./warnings-section.ts";

/** Calls, conferences, warnings and every request to the app, newest first. */
export function inspectorPage(shown: Snapshot): string {
  const { accountSid, calls, conferences, warnings, deliveries } = shown;
  return pageFrame(
    "Inspector · local Twilio",
    html`<h1>Inspector</h1>
      <p>
        Account <code>${accountSid}</code> · <a href="/inspector">Refresh</a> ·
        <a href="/inspector.json">JSON</a> · <a href="/">Home</a>
      </p>
      ${callsSection(calls)} ${conferencesSection(conferences)} ${warningsSection(warnings)}
      ${deliveriesSection(deliveries)}`,
  );
}
