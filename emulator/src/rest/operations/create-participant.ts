import { words } from "../words.ts";
import { TwilioError } from "../../engine/engine.ts";
import { defineOperation } from "../operation.ts";
import { SIP_CREDENTIALS } from "../parameters/endpoint.ts";
import { participantOrder, participantParameters } from "../parameters/participant-order.ts";
import { participantView } from "../views/participant-view.ts";

/** Dials a person into a conference, by SID or friendly name; a new name creates a new conference. */
export const createParticipant = defineOperation({
  name: "CreateParticipant",
  method: "POST",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Participants.json",
  parameters: participantParameters,
  inert: ["CallReason", "JitterBufferSize", "Region", ...SIP_CREDENTIALS],
  unsupported: words("Byoc CallToken CallerDisplayName CallerId ClientNotificationUrl"),
  run: ({ context, path, parameters: sent }) => {
    const { engine } = context;
    const room = path.ConferenceSid ?? "";
    const { callSid } = engine.createParticipant(room, participantOrder(sent, context));
    const { conferences, liveConferences } = engine.world;
    const conference = conferences.get(room) ?? liveConferences.get(room);
    const participant = conference?.participants.get(callSid);
    if (conference && participant)
      return { status: 201, body: participantView(participant, conference, engine.world) };
    throw new TwilioError(16022, "Conference does not exist or is completed", 404);
  },
});
