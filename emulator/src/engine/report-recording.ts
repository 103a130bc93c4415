import type { RecordVerb } from "../twiml/verbs.ts";
import type { Hook, RecordingState } from "../types.ts";
import { rfc2822 } from "../webhooks/timestamp.ts";
import { shownSeconds } from "../world/recordings.ts";
import { type Core, warn } from "./core.ts";
import { notify } from "./notify.ts";
import { DocumentError, type Run, resolveUrl } from "./run.ts";

/** www.twilio.com/docs/api/errors/16102 */
export const SILENT = 16_102;

/** Where the sound is, without an ending: a WAV file. */
export function mediaUrl(
  { address, world }: Pick<Core, "address" | "world">,
  { sid }: RecordingState,
): string {
  return `${address()}/2010-04-01/Accounts/${world.account.accountSid}/Recordings/${sid}`;
}

function hookOf(run: Run, verb: RecordVerb): Hook | null {
  if (verb.statusCallback === null) return null;
  try {
    return { url: resolveUrl(run, verb.statusCallback), method: verb.statusCallbackMethod };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    // www.twilio.com/docs/api/errors/13256: the recording goes on, without notifications.
    warn(run.core, { callSid: run.leg.call.sid, code: 13256, message: error.message, url: run.documentUrl });
    return null;
  }
}

function fieldsOf(core: Core, recording: RecordingState): Record<string, string> {
  const { sid, callSid, status, dateCreated } = recording;
  const fields = {
    AccountSid: core.world.account.accountSid,
    CallSid: callSid,
    RecordingSid: sid,
    RecordingUrl: mediaUrl(core, recording),
    RecordingStatus: status,
    RecordingChannels: "1",
    RecordingStartTime: rfc2822(dateCreated),
    RecordingSource: "RecordVerb",
    RecordingTrack: "inbound",
    ErrorCode: status === "absent" ? String(SILENT) : "0",
  };
  if (status !== "completed") return fields;
  return { ...fields, RecordingDuration: String(shownSeconds(recording)) };
}

/** Sends the recording's status callback for the status that it then has, if the verb wants it. */
export function reporterOf(run: Run, verb: RecordVerb, recording: RecordingState): () => void {
  const { core } = run;
  const hook = hookOf(run, verb);
  return () => {
    if (!hook || !verb.statusCallbackEvents.includes(recording.status)) return;
    const about = { callSid: recording.callSid, conferenceSid: null };
    const notice = { kind: "recording-status", hook, params: fieldsOf(core, recording), ...about } as const;
    core.outbox.add({ place: null, conferenceSid: null, send: () => notify(core, notice) });
  };
}
