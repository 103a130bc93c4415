import { findParticipant } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { participantView } from "../views/participant-view.ts";

/** By Call SID or label. */
export const fetchParticipant = defineOperation({
  name: "FetchParticipant",
  method: "GET",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json",
  parameters: {},
  run: (place) => {
    const { conference, participant } = findParticipant(place);
    return { status: 200, body: participantView(participant, conference, place.context.engine.world) };
  },
});
