import { decodeMuLaw } from "./g711.ts";
import { FRAME_SAMPLES, type Frame } from "./port.ts";
import type { Clip } from "./sounds.ts";

const QUIET: Frame = new Int16Array(FRAME_SAMPLES);

/** Sound that an app sends, in order, with marks between; silence while there is none. */
export interface StreamBuffer {
  /** Plays what is in the buffer. */
  readonly clip: Clip;
  /** @param codes mu-law */
  push(codes: Uint8Array): void;
  /** Is passed on when all that was pushed before has been played. */
  mark(name: string): void;
  /** Forgets all sound, and passes on all marks. */
  clear(): void;
}

/** @param onMark called when a mark is reached */
export function createStreamBuffer(onMark: (name: string) => void): StreamBuffer {
  let waiting: (Frame | string)[] = [];
  /** Marks within the frame that plays now. */
  let reached: string[] = [];
  const passOn = (marks: readonly string[]): void => {
    for (const name of marks) onMark(name);
  };
  const takeFrame = (): Frame => {
    const frame = new Int16Array(FRAME_SAMPLES);
    let filled = 0;
    while (waiting.length > 0) {
      const [next] = waiting;
      if (typeof next === "string") reached.push(next);
      else if (next) {
        if (filled === FRAME_SAMPLES) break;
        const part = next.subarray(0, FRAME_SAMPLES - filled);
        frame.set(part, filled);
        filled += part.length;
        if (part.length < next.length) {
          waiting[0] = next.subarray(part.length);
          break;
        }
      }
      waiting.shift();
    }
    return frame;
  };
  const next = (): Frame => {
    const marks = reached;
    reached = [];
    const frame = waiting.length > 0 ? takeFrame() : QUIET;
    passOn(marks);
    return frame;
  };
  return {
    clip: { durationMs: Infinity, start: () => ({ next }) },
    push: (codes) => void waiting.push(decodeMuLaw(codes)),
    mark(name) {
      if (waiting.length === 0 && reached.length === 0) onMark(name);
      else waiting.push(name);
    },
    clear() {
      const marks = [...reached, ...waiting.filter((each) => typeof each === "string")];
      [waiting, reached] = [[], []];
      passOn(marks);
    },
  };
}
