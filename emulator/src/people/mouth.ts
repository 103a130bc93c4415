import { FRAME_SAMPLES, type Frame, SAMPLE_RATE, type Sound } from "../media/port.ts";
import type { ClipLibrary } from "../media/clips.ts";
import type { Voice } from "./people.ts";

const LOUDNESS = 8_000;

function tone(hz: number): Sound {
  let sample = 0;
  const step = (2 * Math.PI * hz) / SAMPLE_RATE;
  return {
    next: (): Frame => Int16Array.from({ length: FRAME_SAMPLES }, () => LOUDNESS * Math.sin(step * sample++)),
  };
}

/** A voice as frames. @throws Error when the WAV file cannot be read */
export function speak(voice: Voice, clips: ClipLibrary): Sound {
  if (voice.kind === "tone") return tone(voice.hz);
  if (voice.kind === "wav") return clips.wav(voice.bytes).start();
  return { next: () => undefined };
}
