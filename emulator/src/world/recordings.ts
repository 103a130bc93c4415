import type { RecordingState, World } from "../types.ts";
import { newSid } from "./sids.ts";

/** Seconds that all recordings may have together: 64 MB of samples. */
const MOST_RECORDED_SECONDS = 4_000;

export function openRecording(world: World, callSid: string, now: number): RecordingState {
  const recording: RecordingState = {
    sid: newSid("RE"),
    callSid,
    dateCreated: now,
    dateUpdated: now,
    status: "in-progress",
    seconds: 0,
    samples: new Int16Array(),
  };
  world.recordings.set(recording.sid, recording);
  return recording;
}

/**
 * Deletes the oldest recordings until the others have room.
 * @returns the deleted ones; `isFull`: those that are being made fill the room alone
 */
export function makeRoom(world: World): { deleted: RecordingState[]; isFull: boolean } {
  const all = [...world.recordings.values()];
  let seconds = all.reduce((sum, recording) => sum + recording.seconds, 0);
  const deleted: RecordingState[] = [];
  for (const recording of all) {
    if (seconds <= MOST_RECORDED_SECONDS) break;
    if (recording.status === "in-progress") continue;
    world.recordings.delete(recording.sid);
    deleted.push(recording);
    seconds -= recording.seconds;
  }
  return { deleted, isFull: seconds > MOST_RECORDED_SECONDS };
}

/** @param samples undefined without speech */
export function closeRecording(
  recording: RecordingState,
  samples: Int16Array | undefined,
  { now, rate }: { now: number; rate: number },
): void {
  recording.status = samples ? "completed" : "absent";
  recording.samples = samples ?? new Int16Array();
  recording.seconds = recording.samples.length / rate;
  recording.dateUpdated = now;
}

/** Whole seconds, as REST and webhooks show them; a recording shorter than one second counts as one. */
export function shownSeconds({ seconds }: RecordingState): number {
  return seconds === 0 ? 0 : Math.max(1, Math.round(seconds));
}
