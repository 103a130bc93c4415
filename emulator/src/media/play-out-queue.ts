import type { Frame } from "./port.ts";

/** Frames that must have come before the first is played, and the most that may wait: 40 to 160 ms. */
const PREFILL = 2;
const MOST = 8;

/** Evens out the network between a far end, which sends when it likes, and the mixer, which takes every 20 ms. */
export interface PlayOutQueue {
  push(frame: Frame): void;
  /** The next frame, or undefined while the queue fills. */
  pull(): Frame | undefined;
}

export function createPlayOutQueue(): PlayOutQueue {
  const waiting: Frame[] = [];
  let filled = false;
  return {
    push(frame) {
      waiting.push(frame);
      if (waiting.length > MOST) waiting.shift();
      if (waiting.length >= PREFILL) filled = true;
    },
    pull() {
      const frame = filled ? waiting.shift() : undefined;
      if (!frame) filled = false;
      return frame;
    },
  };
}
