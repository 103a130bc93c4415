import type { DialVerb } from "../twiml/verbs.ts";
import type { Recorder } from "./core.ts";
import { startRecorder } from "./recorder.ts";
import { callbackOf } from "./recording-callback.ts";
import { recordingFields } from "./report-recording.ts";
import type { Run } from "./run.ts";

/** The recording of a `<Dial record>`: the caller's own call, which hears whom it is connected with. */
export interface DialRecording {
  /** Both are connected, or ringing begins. */
  begin(at: "ringing" | "answer"): void;
  /** @returns the fields of the action's request */
  end(): Record<string, string>;
}

/** www.twilio.com/docs/voice/twiml/dial#record */
export function recordDial(run: Run, { record }: DialVerb): DialRecording {
  const { core, leg } = run;
  let recorder: Recorder | null = null;
  return {
    begin(at) {
      const isEarly = at === "ringing" && record?.from !== "ringing";
      if (!record || recorder || isEarly || !leg.seat) return;
      const { channels, track, trim } = record;
      const callback = callbackOf(run, record.callback);
      const subject = { callSid: leg.call.sid, conferenceSid: null, seat: leg.seat };
      recorder = startRecorder(core, subject, { source: "DialVerb", channels, track, trim, callback });
    },
    end() {
      recorder?.stop();
      return recordingFields(core, recorder?.recording);
    },
  };
}
