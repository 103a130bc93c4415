import type { World } from "../types.ts";
import type { RecordingState } from "./recording-state.ts";
import { newSid } from "./sids.ts";

/** Seconds that all channels of all recordings may have together: 64 MB of samples. */
const MOST_RECORDED_SECONDS = 4_000;

/** www.twilio.com/docs/api/errors/16101 and 16102 */
const TOO_SHORT = 16_101;
const SILENT = 16_102;

export type NewRecording = Pick<
  RecordingState,
  "callSid" | "conferenceSid" | "source" | "channels" | "track"
>;

export function openRecording(world: World, given: NewRecording, now: number): RecordingState {
  const recording: RecordingState = {
    sid: newSid("RE"),
    ...given,
    dateCreated: now,
    dateUpdated: now,
    status: "in-progress",
    errorCode: null,
    seconds: 0,
    samples: new Int16Array(),
  };
  world.recordings.set(recording.sid, recording);
  return recording;
}

/** Whether it is being made. */
export function isOpen({ status }: RecordingState): boolean {
  return status === "in-progress" || status === "paused";
}

/**
 * Deletes the oldest recordings until the others have room.
 * @returns the deleted ones; `isFull`: those that are being made fill the room alone
 */
export function makeRoom(world: World): { deleted: RecordingState[]; isFull: boolean } {
  const all = [...world.recordings.values()];
  let seconds = all.reduce((sum, recording) => sum + recording.seconds * recording.channels, 0);
  const deleted: RecordingState[] = [];
  for (const recording of all) {
    if (seconds <= MOST_RECORDED_SECONDS) break;
    if (isOpen(recording)) continue;
    world.recordings.delete(recording.sid);
    deleted.push(recording);
    seconds -= recording.seconds * recording.channels;
  }
  return { deleted, isFull: seconds > MOST_RECORDED_SECONDS };
}

/** @param samples undefined without speech; none: too short */
export function closeRecording(
  recording: RecordingState,
  samples: Int16Array | undefined,
  { now, rate }: { now: number; rate: number },
): void {
  const hasSound = samples !== undefined && samples.length > 0;
  recording.status = hasSound ? "completed" : "absent";
  if (!hasSound) recording.errorCode = samples ? TOO_SHORT : SILENT;
  recording.samples = samples ?? new Int16Array();
  recording.seconds = recording.samples.length / recording.channels / rate;
  recording.dateUpdated = now;
}

/** Whole seconds, as REST and webhooks show them; a recording shorter than one second counts as one. */
export function shownSeconds({ seconds }: RecordingState): number {
  return seconds === 0 ? 0 : Math.max(1, Math.round(seconds));
}
