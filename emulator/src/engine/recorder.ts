import { type Frame, FRAME_SAMPLES, SAMPLE_RATE, type Seat } from "../media/port.ts";
import { startTake } from "../media/take.ts";
import type { RecordingOrder } from "../types.ts";
import type { RecordingState } from "../world/recording-state.ts";
import { closeRecording, makeRoom, openRecording } from "../world/recordings.ts";
import { type Core, type Recorder, warn } from "./core.ts";
import { reportRecording } from "./report-recording.ts";

const QUIET: Frame = new Int16Array(FRAME_SAMPLES);

/** What is recorded. */
export interface Subject {
  callSid: string;
  conferenceSid: string | null;
  /** Null: it has no sound. */
  seat: Seat | null;
}

/** When a recording ends by itself: seconds of silence, and of length. */
export interface Limits {
  silence: number;
  length: number;
}

const NO_LIMITS: Limits = { silence: Infinity, length: Infinity };

const clip = (value: number): number => Math.min(32_767, Math.max(-32_768, value));

const sumOf = (a: Frame, b: Frame): Frame => a.map((sample, i) => clip(sample + (b[i] ?? 0)));

/** A frame for each channel. */
function framesOf({ track, channels }: RecordingState, said: Frame, heard: Frame): Frame[] {
  if (track === "inbound") return [said];
  if (track === "outbound") return [heard];
  return channels === 2 ? [said, heard] : [sumOf(said, heard)];
}

/** Deletes the oldest recordings to make room. @returns whether this one may go on */
function hasRoom(core: Core, callSid: string): boolean {
  const { deleted, isFull } = makeRoom(core.world);
  for (const { sid } of deleted)
    warn(core, { callSid, code: 501, message: `The emulator deleted recording ${sid} to make room` });
  if (isFull) warn(core, { callSid, code: 501, message: "The emulator has no room for a longer recording" });
  return !isFull;
}

/**
 * Records until it is stopped, reaches a limit, or there is no room. Reports itself when it begins and ends.
 * @param onStop called once, when it has ended
 */
export function startRecorder(
  core: Core,
  { seat, callSid, conferenceSid }: Subject,
  order: RecordingOrder,
  { limits = NO_LIMITS, onStop }: { limits?: Limits; onStop?: () => void } = {},
): Recorder {
  const { source, track, trim } = order;
  const channels = track === "both" ? order.channels : 1;
  const given = { callSid, conferenceSid, source, channels, track };
  const recording = openRecording(core.world, given, core.clock.now());
  const take = startTake({ ...limits, trim });
  let skips = false;
  const recorder: Recorder = {
    recording,
    pause(behavior) {
      skips = behavior === "skip";
      recording.status = "paused";
    },
    resume: () => void (recording.status = "in-progress"),
    stop() {
      if (!core.recorders.delete(recording.sid)) return;
      unlisten?.();
      // Only <Record> and trimming depend on a voice.
      const isWanted = take.hasVoice || (!trim && source !== "RecordVerb");
      closeRecording(recording, isWanted ? take.samples() : undefined, {
        now: core.clock.now(),
        rate: SAMPLE_RATE,
      });
      reportRecording(core, recording, order.callback);
      onStop?.();
    },
  };
  core.recorders.set(recording.sid, recorder);
  const unlisten = seat?.listen((said, heard) => {
    const isPaused = recording.status === "paused";
    if (isPaused && skips) return;
    const isFinished =
      take.add(framesOf(recording, isPaused ? QUIET : said, isPaused ? QUIET : heard)) !== null;
    recording.seconds = take.seconds;
    if (isFinished || (Number.isInteger(take.seconds) && !hasRoom(core, callSid))) recorder.stop();
  });
  reportRecording(core, recording, order.callback);
  return recorder;
}

/** Ends the recordings of a call, or of a conference. */
export function stopRecorders(core: Core, of: (recording: RecordingState) => boolean): void {
  for (const recorder of core.recorders.values()) if (of(recorder.recording)) recorder.stop();
}
