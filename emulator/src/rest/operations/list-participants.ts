import { findConference } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import { boolean } from "../parameters/parsers.ts";
import { participantView } from "../views/participant-view.ts";

/** The connecting and connected participants, newest first; none once the conference has ended. */
export const listParticipants = defineOperation({
  name: "ListParticipant",
  method: "GET",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Participants.json",
  parameters: { ...pageParameters, Muted: boolean, Hold: boolean, Coaching: boolean },
  run: (place) => {
    const conference = findConference(place);
    const { Muted, Hold, Coaching } = place.parameters;
    return pageOf({
      key: "participants",
      all: place.context.listed.participants(conference),
      wanted: (participant) =>
        (Muted === undefined || participant.muted === Muted) &&
        (Hold === undefined || participant.hold === Hold) &&
        (Coaching === undefined || participant.coaching === Coaching),
      sidOf: (participant) => participant.callSid,
      show: (participant) => participantView(participant, conference, place.context.engine.world),
      parameters: place.parameters,
      fields: place.fields,
      uri: place.uri,
    });
  },
});
