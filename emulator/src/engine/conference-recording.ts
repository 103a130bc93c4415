import { silentPort } from "../media/port.ts";
import type { ConferenceState } from "../types.ts";
import type { Core } from "./core.ts";
import { startRecorder, stopRecorders } from "./recorder.ts";

/** Records a conference from its start to its end, if one of its participants wanted that. Nobody hears the recorder. */
export function recordConference(core: Core, conference: ConferenceState): void {
  const { sid, status, record, participants } = conference;
  if (status === "completed") stopRecorders(core, ({ conferenceSid }) => conferenceSid === sid);
  const [callSid] = participants.keys();
  if (status !== "in-progress" || !record || callSid === undefined) return;
  conference.record = null;
  const seat = core.mixer.seat(silentPort());
  seat.room = sid;
  startRecorder(core, { callSid, conferenceSid: sid, seat }, record, { onStop: () => seat.leave() });
}
