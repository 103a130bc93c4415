import { findParticipant } from "../find.ts";
import { defineOperation } from "../operation.ts";

/** By Call SID or label: takes the leg out of the conference. */
export const deleteParticipant = defineOperation({
  name: "DeleteParticipant",
  method: "DELETE",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json",
  parameters: {},
  run: (place) => {
    const { conference, participant } = findParticipant(place);
    place.context.engine.removeParticipant(conference, participant);
    return { status: 204, body: null };
  },
});
