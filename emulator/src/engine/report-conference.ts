import type { ConferenceState, ParticipantState } from "../types.ts";
import { rfc2822 } from "../webhooks/timestamp.ts";
import type { ConferenceEvent, Effect } from "../world/effects.ts";
import type { Core } from "./core.ts";
import { notify } from "./notify.ts";

/** The word for an event in `statusCallbackEvent`. */
const GROUP: Record<ConferenceEvent, string> = {
  "conference-start": "start",
  "conference-end": "end",
  "participant-join": "join",
  "participant-leave": "leave",
  "participant-mute": "mute",
  "participant-unmute": "mute",
  "participant-hold": "hold",
  "participant-unhold": "hold",
  "participant-modify": "modify",
  "announcement-end": "announcement",
  "announcement-fail": "announcement",
};

function participantFields(p: ParticipantState): Record<string, string> {
  const fields: Record<string, string> = {
    CallSid: p.callSid,
    Muted: String(p.muted),
    Hold: String(p.hold),
    Coaching: String(p.coaching),
    EndConferenceOnExit: String(p.endConferenceOnExit),
    StartConferenceOnEnter: String(p.startConferenceOnEnter),
  };
  if (p.label !== null) fields.ParticipantLabel = p.label;
  return fields;
}

function placeOf(event: ConferenceEvent): "leave" | "end" | null {
  if (event === "participant-leave") return "leave";
  return event === "conference-end" ? "end" : null;
}

/** Tells listeners and the conference's status callback, with all fields of Twilio's conference page. */
export function reportConference(
  core: Core,
  conference: ConferenceState,
  effect: Extract<Effect, { kind: "report" }>,
): void {
  const { event, participant, extra } = effect;
  const { sid, friendlyName } = conference;
  const at = core.clock.now();
  const callSid = participant?.callSid ?? null;
  const fields = {
    AccountSid: core.world.account.accountSid,
    ConferenceSid: sid,
    FriendlyName: friendlyName,
    StatusCallbackEvent: event,
    Timestamp: rfc2822(at),
    ...(participant && participantFields(participant)),
    ...extra,
  };
  core.outbox.add({
    place: placeOf(event),
    conferenceSid: sid,
    send() {
      const label = participant?.label ?? null;
      core.emit({ kind: "conference", conferenceSid: sid, friendlyName, event, callSid, label, at });
      const hook = conference.statusCallback;
      if (!hook?.events.has(GROUP[event])) return;
      const params = { ...fields, SequenceNumber: String(conference.sequence++) };
      notify(core, { kind: "conference-status", hook, params, callSid, conferenceSid: sid });
    },
  });
}
