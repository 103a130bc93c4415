import type { CallState, RecordingOrder } from "../types.ts";
import type { RecordingState } from "../world/recording-state.ts";
import type { Core } from "./core.ts";
import { type Engine, TwilioError } from "./engine.ts";
import { startRecorder } from "./recorder.ts";

/** CreateCallRecording. @throws TwilioError 21220 for a call that is not in progress */
export function recordCall(core: Core, call: CallState, order: RecordingOrder): RecordingState {
  const leg = core.legs.get(call.sid);
  if (!leg || call.status !== "in-progress")
    throw new TwilioError(21220, "Requested resource is not eligible for recording: it is not in-progress");
  const subject = { callSid: call.sid, conferenceSid: null, seat: leg.seat };
  return startRecorder(core, subject, order).recording;
}

/** UpdateCallRecording and UpdateConferenceRecording. @throws TwilioError 21220 for a recording that has ended */
export function updateRecording(
  core: Core,
  recording: RecordingState,
  { status, pauseBehavior }: Parameters<Engine["updateRecording"]>[1],
): void {
  const recorder = core.recorders.get(recording.sid);
  if (!recorder) throw new TwilioError(21220, `The recording ${recording.sid} has ended`);
  if (status === "stopped") recorder.stop();
  else if (status === "paused") recorder.pause(pauseBehavior);
  else recorder.resume();
  recording.dateUpdated = core.clock.now();
}
