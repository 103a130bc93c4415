import { FRAME_MS, FRAME_SAMPLES, type Frame } from "./port.ts";

/** The mean of a frame's squares above which it counts as a voice: about -42 dB of full scale. */
const VOICE = 250 ** 2;

function isVoice(frame: Frame): boolean {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return sum / frame.length > VOICE;
}

function join(frames: readonly Frame[]): Int16Array {
  const samples = new Int16Array(frames.length * FRAME_SAMPLES);
  frames.forEach((frame, i) => samples.set(frame, i * FRAME_SAMPLES));
  return samples;
}

/** A recording in progress. */
export interface Take {
  /** Seconds so far. */
  readonly seconds: number;
  /** Keeps a frame. Answers why the recording is over with it, if it is. */
  add(frame: Frame): "silence" | "length" | null;
  /** Undefined without speech. */
  samples(): Int16Array | undefined;
}

/** @param limits seconds of silence that end it, and its greatest length; `trim`: without silence at both ends */
export function startTake(limits: { silence: number; length: number; trim: boolean }): Take {
  const frames: Frame[] = [];
  let firstVoice = -1;
  let lastVoice = -1;
  return {
    get seconds() {
      return (frames.length * FRAME_MS) / 1000;
    },
    add(frame) {
      // The mixer may use its frame again.
      frames.push(frame.slice());
      if (isVoice(frame)) {
        lastVoice = frames.length - 1;
        if (firstVoice < 0) firstVoice = lastVoice;
      }
      if (frames.length * FRAME_MS >= limits.length * 1000) return "length";
      const quiet = frames.length - 1 - lastVoice;
      return quiet * FRAME_MS >= limits.silence * 1000 ? "silence" : null;
    },
    samples() {
      if (firstVoice < 0) return undefined;
      return join(limits.trim ? frames.slice(firstVoice, lastVoice + 1) : frames);
    },
  };
}
