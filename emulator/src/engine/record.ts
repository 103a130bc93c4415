import type { RecordVerb } from "../twiml/verbs.ts";
import { isOver } from "../world/calls.ts";
import { actionOf } from "./action.ts";
import { beepClip } from "./beep.ts";
import type { Recorder } from "./core.ts";
import { startRecorder } from "./recorder.ts";
import { callbackOf } from "./recording-callback.ts";
import { recordingFields } from "./report-recording.ts";
import { NEXT, type Run, type Step } from "./run.ts";
import { OWN_STAGE, play } from "./simple-verbs.ts";

interface Recorded extends Pick<Recorder, "recording"> {
  /** The key that ended it; "": silence, length or REST. */
  key: string;
}

/** Resolves when the recording has ended; rejects when the run is stopped, after `onAbort`. */
function listen(run: Run, verb: RecordVerb, onAbort: (recorded: Recorded) => void): Promise<Recorded> {
  const { core, leg, signal } = run;
  const order = {
    source: "RecordVerb",
    channels: 1,
    track: "inbound",
    trim: verb.trim,
    callback: callbackOf(run, verb.callback),
  } as const;
  return new Promise((resolve, reject) => {
    let key = "";
    const subject = { callSid: leg.call.sid, conferenceSid: null, seat: leg.seat };
    const { recording, stop } = startRecorder(core, subject, order, {
      limits: { silence: verb.timeout, length: verb.maxLength },
      onStop() {
        leg.onDigits = null;
        leg.isRecorded = false;
        signal.removeEventListener("abort", abort);
        resolve({ recording, key });
      },
    });
    const abort = (): void => {
      reject(signal.reason as Error);
      stop();
      onAbort({ recording, key: "hangup" });
    };
    signal.addEventListener("abort", abort, { once: true });
    leg.isRecorded = true;
    leg.onDigits = (digits) => {
      const pressed = Array.from(digits).find((each) => verb.finishOnKey.includes(each));
      if (pressed === undefined) return;
      key = pressed;
      stop();
    };
  });
}

/**
 * `<Record>`: the document goes on at `action`, or without speech with the next verb
 * (www.twilio.com/docs/voice/twiml/record).
 */
export async function runRecord(run: Run, verb: RecordVerb): Promise<Step> {
  const { core, leg } = run;
  // TwiML that REST gave without an action has no document to request.
  const address = verb.action === null && run.documentUrl === null ? null : (verb.action ?? "");
  const action = actionOf(run, { action: address, method: verb.method }, () => isOver(leg.call));
  if (verb.playBeep) await play(run, beepClip(), OWN_STAGE, "play");
  const fieldsOf = ({ recording, key }: Recorded) => ({ ...recordingFields(core, recording), Digits: key });
  const isSilent = ({ recording }: Recorded): boolean => recording.status !== "completed";
  const recorded = await listen(run, verb, (aborted) => {
    if (!isSilent(aborted)) action.tell(fieldsOf(aborted));
  });
  return isSilent(recorded) ? NEXT : action.goOn(fieldsOf(recorded));
}
