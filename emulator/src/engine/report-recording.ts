import type { RecordingOrder } from "../types.ts";
import type { RecordingState } from "../world/recording-state.ts";
import { rfc2822 } from "../webhooks/timestamp.ts";
import { shownSeconds } from "../world/recordings.ts";
import type { Core } from "./core.ts";
import { notify } from "./notify.ts";

/** Where the sound is, without an ending: a WAV file. */
export function mediaUrl(
  { address, world }: Pick<Core, "address" | "world">,
  { sid }: Pick<RecordingState, "sid">,
): string {
  return `${address()}/2010-04-01/Accounts/${world.account.accountSid}/Recordings/${sid}`;
}

/** What an action or a call's callback says of a recording; nothing of one that does not exist. */
export function recordingFields(core: Core, recording: RecordingState | undefined): Record<string, string> {
  if (recording?.status !== "completed") return {};
  const RecordingDuration = String(shownSeconds(recording));
  return { RecordingUrl: mediaUrl(core, recording), RecordingSid: recording.sid, RecordingDuration };
}

/** The fields of www.twilio.com/docs/voice/api/recording#recordingstatuscallback. */
function fieldsOf(core: Core, recording: RecordingState): Record<string, string> {
  const { sid, callSid, conferenceSid, status, dateCreated, track } = recording;
  const subject: Record<string, string> =
    conferenceSid === null ? { CallSid: callSid, RecordingTrack: track } : { ConferenceSid: conferenceSid };
  const fields = {
    AccountSid: core.world.account.accountSid,
    ...subject,
    RecordingSid: sid,
    RecordingUrl: mediaUrl(core, recording),
    RecordingStatus: status,
    RecordingChannels: String(recording.channels),
    RecordingStartTime: rfc2822(dateCreated),
    RecordingSource: recording.source,
    ErrorCode: String(recording.errorCode ?? 0),
  };
  return { ...fields, ...recordingFields(core, recording) };
}

/** Sends the recording's status callback for the status that it has now, if that is wanted. */
export function reportRecording(
  core: Core,
  recording: RecordingState,
  hook: RecordingOrder["callback"],
): void {
  if (!hook?.events.has(recording.status)) return;
  const { callSid, conferenceSid } = recording;
  const params = fieldsOf(core, recording);
  const notice = { kind: "recording-status", hook, params, callSid, conferenceSid } as const;
  core.outbox.add({ place: null, conferenceSid, send: () => notify(core, notice) });
}
