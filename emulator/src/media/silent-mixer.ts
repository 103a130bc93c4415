import type { Clock, Timer } from "../clock.ts";
import { createMixingDesk } from "./mixing-desk.ts";
import type { PlayOutQueue } from "./play-out-queue.ts";
import { FRAME_MS, type Frame, type Mixer } from "./port.ts";

const FRAMES_AT_ONCE = 5;

/** A scripted person answers each frame with one, so that nothing has to be evened out. */
function createDirectQueue(): PlayOutQueue {
  let latest: Frame | undefined;
  return {
    push: (frame) => void (latest = frame),
    pull() {
      const frame = latest;
      latest = undefined;
      return frame;
    },
  };
}

/**
 * A mixer for runs without sound: it only mixes while somebody listens, on the emulator's clock instead of real time,
 * so that a recording holds what scripted people say and hear.
 */
export function silentMixer(clock: Clock): Mixer {
  let timer: Timer | undefined;
  const turn = (): void => {
    timer = undefined;
    for (let i = 0; i < FRAMES_AT_ONCE && desk.isRecorded; i++) {
      desk.speak();
      desk.hear();
      desk.report();
    }
    schedule();
  };
  const schedule = (): void => {
    if (!timer && desk.isRecorded) timer = clock.after(FRAMES_AT_ONCE * FRAME_MS, turn);
  };
  const desk = createMixingDesk({ createQueue: createDirectQueue, onListen: schedule });
  return { seat: (port) => desk.seat(port), close: () => timer?.cancel() };
}
