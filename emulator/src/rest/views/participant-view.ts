import type { ConferenceState, ParticipantState, World } from "../../types.ts";
import { rfc2822 } from "./rfc2822.ts";
import { accountUri } from "./uris.ts";

/** www.twilio.com/docs/voice/api/conference-participant-resource */
export function participantView(
  participant: ParticipantState,
  conference: ConferenceState,
  { account }: World,
) {
  const conferenceUri = `${accountUri(account.accountSid)}/Conferences/${conference.sid}`;
  return {
    account_sid: account.accountSid,
    conference_sid: conference.sid,
    call_sid: participant.callSid,
    label: participant.label,
    status: participant.status,
    muted: participant.muted,
    hold: participant.hold,
    coaching: participant.coaching,
    call_sid_to_coach: participant.callSidToCoach,
    start_conference_on_enter: participant.startConferenceOnEnter,
    end_conference_on_exit: participant.endConferenceOnExit,
    queue_time: participant.viaApi ? String(participant.queueTime) : null,
    date_created: rfc2822(participant.dateCreated),
    date_updated: rfc2822(participant.dateUpdated),
    uri: `${conferenceUri}/Participants/${participant.callSid}.json`,
  };
}
