import { FRAME_MS, FRAME_SAMPLES, type Frame, SAMPLE_RATE, type Sound } from "./port.ts";
import type { Clip } from "./sounds.ts";

const QUIET: Frame = new Int16Array(FRAME_SAMPLES);

/** A clip of 8 kHz samples; the last frame is filled up with quiet. */
export function clipOf(samples: Int16Array): Clip {
  return {
    durationMs: (samples.length * 1000) / SAMPLE_RATE,
    start() {
      let at = 0;
      return {
        next() {
          if (at >= samples.length) return undefined;
          const frame = new Int16Array(FRAME_SAMPLES);
          frame.set(samples.subarray(at, at + FRAME_SAMPLES));
          at += FRAME_SAMPLES;
          return frame;
        },
      };
    },
  };
}

/** Quiet, to the next whole frame. */
export function quietClip(durationMs: number): Clip {
  return {
    durationMs,
    start() {
      let left = Math.ceil(durationMs / FRAME_MS);
      return { next: () => (left-- > 0 ? QUIET : undefined) };
    },
  };
}

/** Clips one after the other; `durationMs` is their sum. */
export function sequenceOf(clips: Iterable<Clip>, durationMs: number): Clip {
  return {
    durationMs,
    start() {
      const coming = clips[Symbol.iterator]();
      let playing: Sound | undefined = { next: () => undefined };
      return {
        next() {
          while (playing) {
            const frame = playing.next();
            if (frame) return frame;
            playing = coming.next().value?.start();
          }
          return undefined;
        },
      };
    },
  };
}

/** A clip `times` times, 0 for ever. A clip that has no length is never repeated for ever. */
export function repeated(clip: Clip, times: number): Clip {
  if (clip.durationMs <= 0) return quietClip(0);
  const rounds = times === 0 ? Number.POSITIVE_INFINITY : times;
  const again: Iterable<Clip> = {
    *[Symbol.iterator]() {
      for (let i = 0; i < rounds; i++) yield clip;
    },
  };
  return sequenceOf(again, clip.durationMs * rounds);
}
