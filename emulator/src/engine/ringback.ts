import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE, type Frame, type Sound } from "../media/port.ts";
import type { Clip } from "../media/sounds.ts";

const LOUDNESS = 2_000;
const CYCLE_MS = 6_000;
const TONE_MS = 2_000;

function frameAt(ms: number): Frame {
  if (ms % CYCLE_MS >= TONE_MS) return new Int16Array(FRAME_SAMPLES);
  return Int16Array.from({ length: FRAME_SAMPLES }, (_, i) => {
    const t = ms / 1_000 + i / SAMPLE_RATE;
    return LOUDNESS * (Math.sin(2 * Math.PI * 440 * t) + Math.sin(2 * Math.PI * 480 * t));
  });
}

function start(): Sound {
  let ms = -FRAME_MS;
  return { next: () => frameAt((ms += FRAME_MS)) };
}

/** The caller's ringing tone: two seconds of 440 and 480 Hz, then four of quiet, without end. */
export function ringback(): Clip {
  return { durationMs: Number.POSITIVE_INFINITY, start };
}
