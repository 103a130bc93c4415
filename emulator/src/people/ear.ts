import { FRAME_MS, SAMPLE_RATE, type Frame } from "../media/port.ts";

const KEPT_MS = 5_000;
const BLOCK_FRAMES = 5;
const NOTHING_DB = -120;

/** The sound that a person heard in the last seconds of real time. */
export interface Ear {
  hear(frame: Frame): void;
  /** Loudness at a frequency over the last `windowMs`, in dB of full scale. */
  db(hz: number, windowMs: number): number;
}

/** The power of one frequency in samples, by Goertzel; 1 is a sine at full scale. */
export function powerAt(samples: ArrayLike<number>, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE);
  let [previous, before] = [0, 0];
  for (let i = 0; i < samples.length; i++) {
    const next = (samples[i] ?? 0) / 32_768 + coefficient * previous - before;
    before = previous;
    previous = next;
  }
  const power = previous ** 2 + before ** 2 - coefficient * previous * before;
  return (4 * power) / samples.length ** 2;
}

const join = (frames: readonly Frame[]): number[] => frames.flatMap((frame) => [...frame]);

export function createEar(): Ear {
  const heard: { at: number; frame: Frame }[] = [];
  return {
    hear(frame) {
      // The mixer may use its frame again.
      heard.push({ at: performance.now(), frame: frame.slice() });
      if (heard.length > KEPT_MS / FRAME_MS) heard.shift();
    },
    db(hz, windowMs) {
      const since = performance.now() - windowMs;
      const frames = heard.filter((entry) => entry.at >= since).map((entry) => entry.frame);
      const blocks = Math.floor(frames.length / BLOCK_FRAMES);
      if (blocks === 0) return NOTHING_DB;
      let sum = 0;
      for (let i = 0; i < blocks; i++)
        sum += powerAt(join(frames.slice(i * BLOCK_FRAMES, (i + 1) * BLOCK_FRAMES)), hz);
      return Math.max(NOTHING_DB, 10 * Math.log10(sum / blocks));
    },
  };
}
