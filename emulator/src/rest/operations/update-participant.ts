import type { ParticipantChange } from "../../engine/engine.ts";
import { findParticipant } from "../find.ts";
import { type Parsed, defineOperation } from "../operation.ts";
import { boolean, httpMethod, looseBoolean, sid } from "../parameters/parsers.ts";
import { hookOf, url } from "../parameters/url.ts";
import { participantView } from "../views/participant-view.ts";

const parameters = {
  Muted: looseBoolean,
  Hold: boolean,
  HoldUrl: url({ orEmpty: true }),
  HoldMethod: httpMethod(),
  AnnounceUrl: url(),
  AnnounceMethod: httpMethod(),
  WaitUrl: url({ orEmpty: true }),
  WaitMethod: httpMethod(),
  BeepOnExit: boolean,
  EndConferenceOnExit: boolean,
  Coaching: boolean,
  CallSidToCoach: sid("CA"),
};

/** Only HoldMethod defaults to GET. */
function changeOf(sent: Parsed<typeof parameters>): ParticipantChange {
  const announce = hookOf(sent.AnnounceUrl, sent.AnnounceMethod, "POST");
  const setsHold = sent.Hold !== undefined || sent.HoldUrl !== undefined;
  return {
    ...(sent.Muted !== undefined && { muted: sent.Muted }),
    ...(sent.Hold !== undefined && { hold: sent.Hold }),
    ...(setsHold && { holdHook: hookOf(sent.HoldUrl, sent.HoldMethod, "GET") }),
    ...(announce && { announce }),
    ...(sent.WaitUrl !== undefined && {
      waitHook: { url: sent.WaitUrl, method: sent.WaitMethod ?? "POST" },
    }),
    ...(sent.BeepOnExit !== undefined && { beepOnExit: sent.BeepOnExit }),
    ...(sent.EndConferenceOnExit !== undefined && { endConferenceOnExit: sent.EndConferenceOnExit }),
    ...(sent.Coaching !== undefined && { coaching: sent.Coaching }),
    ...(sent.CallSidToCoach !== undefined && { callSidToCoach: sent.CallSidToCoach }),
  };
}

/**
 * By Call SID or label. There is no `Status` here: a participant is removed by DELETE
 * (www.twilio.com/docs/voice/api/conference-participant-resource).
 */
export const updateParticipant = defineOperation({
  name: "UpdateParticipant",
  method: "POST",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Participants/{CallSid}.json",
  parameters,
  run: (place) => {
    const { conference, participant } = findParticipant(place);
    const { engine } = place.context;
    engine.updateParticipant(conference, participant, changeOf(place.parameters));
    return { status: 200, body: participantView(participant, conference, engine.world) };
  },
});
