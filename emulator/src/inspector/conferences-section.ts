import { type Markup, html } from "./html.ts";
import type { Snapshot } from "./snapshot.ts";
import { timeOf } from "./time.ts";

type Conference = Snapshot["conferences"][number];

const yes = (fact: boolean): string => (fact ? "yes" : "no");

function participantRow(participant: Conference["participants"][number]): Markup {
  return html`<tr>
    <td>${participant.label ?? "–"}</td>
    <td><code>${participant.callSid}</code></td>
    <td>${participant.status}</td>
    <td>${yes(participant.muted)}</td>
    <td>${yes(participant.hold)}</td>
    <td>${yes(participant.startConferenceOnEnter)}</td>
    <td>${yes(participant.endConferenceOnExit)}</td>
  </tr>`;
}

const participantsTable = (each: Conference): Markup =>
  html`<div
    class="scroll"
    id="conference-${each.sid}"
    role="group"
    aria-label="Participants of ${each.friendlyName}"
    tabindex="0"
  >
    <table>
      <thead>
        <tr>
          <th scope="col">Label</th>
          <th scope="col">Call SID</th>
          <th scope="col">Status</th>
          <th scope="col">Muted</th>
          <th scope="col">On hold</th>
          <th scope="col">Starts it</th>
          <th scope="col">Ends it</th>
        </tr>
      </thead>
      <tbody>
        ${each.participants.map(participantRow)}
      </tbody>
    </table>
  </div>`;

function conference(each: Conference): Markup {
  const ended = each.reasonConferenceEnded ? html` (${each.reasonConferenceEnded})` : null;
  return html`<h3>${each.friendlyName}</h3>
    <p>
      <code>${each.sid}</code> · ${each.status}${ended} · made ${timeOf(each.dateCreated)} · last changed
      ${timeOf(each.dateUpdated)}
    </p>
    ${each.participants.length === 0 ? html`<p class="soft">Nobody is in it.</p>` : participantsTable(each)}`;
}

export function conferencesSection(conferences: Snapshot["conferences"]): Markup {
  const none = html`<p class="soft">None yet.</p>`;
  return html`<h2 id="conferences">Conferences</h2>
    ${conferences.length === 0 ? none : conferences.toReversed().map(conference)}`;
}
