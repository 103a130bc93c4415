import { FRAME_SAMPLES, SAMPLE_RATE, type Frame } from "../../src/media/port.ts";
import type { Clip } from "../../src/media/sounds.ts";

/** All frames of a clip, or the first `most`. */
export function framesOf(clip: Clip, most = 5000): Frame[] {
  const sound = clip.start();
  const frames: Frame[] = [];
  for (let frame = sound.next(); frame && frames.length < most; frame = sound.next()) frames.push(frame);
  return frames;
}

export function samplesOf(frames: readonly Frame[]): number[] {
  return frames.flatMap((frame) => [...frame]);
}

/** How loud a frequency is, in dB of full scale. */
export function loudnessAt(hz: number, samples: readonly number[]): number {
  let real = 0;
  let imaginary = 0;
  samples.forEach((sample, i) => {
    const phase = (2 * Math.PI * hz * i) / SAMPLE_RATE;
    real += sample * Math.cos(phase);
    imaginary -= sample * Math.sin(phase);
  });
  const amplitude = (2 * Math.hypot(real, imaginary)) / samples.length / 32_768;
  return 20 * Math.log10(Math.max(amplitude, 1e-6));
}

/** A frame in which every sample is `value`. */
export function level(value: number): Frame {
  return new Int16Array(FRAME_SAMPLES).fill(value);
}
