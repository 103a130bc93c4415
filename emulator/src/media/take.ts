import { FRAME_MS, FRAME_SAMPLES, type Frame } from "./port.ts";

/** The mean of a frame's squares above which it counts as a voice: about -42 dB of full scale. */
const VOICE = 250 ** 2;

function isVoice(frame: Frame): boolean {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return sum / frame.length > VOICE;
}

/** One sample of each channel after the other, as WAV files have them. @param frames by channel */
function interleave(frames: readonly Frame[]): Int16Array {
  const samples = new Int16Array(frames.length * FRAME_SAMPLES);
  frames.forEach((frame, channel) =>
    frame.forEach((sample, i) => (samples[i * frames.length + channel] = sample)),
  );
  return samples;
}

function join(turns: readonly Int16Array[]): Int16Array {
  const samples = new Int16Array(turns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const turn of turns) {
    samples.set(turn, at);
    at += turn.length;
  }
  return samples;
}

/** A recording in progress. */
export interface Take {
  /** Seconds so far. */
  readonly seconds: number;
  /** Whether anybody has spoken. */
  readonly hasVoice: boolean;
  /** Keeps a frame of each channel. Answers why the recording is over with it, if it is. */
  add(frames: readonly Frame[]): "silence" | "length" | null;
  /** All channels, one sample of each after the other. */
  samples(): Int16Array;
}

/** @param limits seconds of silence that end it, and its greatest length; `trim`: without silence at both ends */
export function startTake(limits: { silence: number; length: number; trim: boolean }): Take {
  const turns: Int16Array[] = [];
  let firstVoice = -1;
  let lastVoice = -1;
  return {
    get seconds() {
      return (turns.length * FRAME_MS) / 1000;
    },
    get hasVoice() {
      return firstVoice >= 0;
    },
    add(frames) {
      turns.push(interleave(frames));
      if (frames.some(isVoice)) {
        lastVoice = turns.length - 1;
        if (firstVoice < 0) firstVoice = lastVoice;
      }
      if (turns.length * FRAME_MS >= limits.length * 1000) return "length";
      const quiet = turns.length - 1 - lastVoice;
      return quiet * FRAME_MS >= limits.silence * 1000 ? "silence" : null;
    },
    samples: () => join(limits.trim ? turns.slice(Math.max(firstVoice, 0), lastVoice + 1) : turns),
  };
}
