import type { Clock, Timer } from "../clock.ts";
import { type AudioPort, FRAME_MS, FRAME_SAMPLES, type Frame, type Mixer, type Seat } from "./port.ts";

const QUIET: Frame = new Int16Array(FRAME_SAMPLES);
const FRAMES_AT_ONCE = 5;

/**
 * A mixer for runs without sound: no one hears anyone. Only a seat with a listener moves frames, on the emulator's
 * clock instead of real time, so that a recording holds what a scripted person says.
 */
export function silentMixer(clock: Clock): Mixer {
  const timers = new Set<Timer>();
  const seat = (first: AudioPort): Seat => {
    let port = first;
    let timer: Timer | undefined;
    let receive: ((frame: Frame) => void) | undefined;
    const stop = (): void => {
      if (!timer) return;
      timer.cancel();
      timers.delete(timer);
      port.onFrame(() => {});
    };
    const isListened = (): boolean => receive !== undefined;
    const turn = (): void => {
      let said: Frame | undefined;
      port.onFrame((frame) => void (said = frame));
      for (let i = 0; i < FRAMES_AT_ONCE && isListened(); i++) {
        said = undefined;
        port.send(QUIET);
        receive?.(said ?? QUIET);
      }
      schedule();
    };
    const schedule = (): void => {
      stop();
      if (!isListened()) return;
      timer = clock.after(FRAMES_AT_ONCE * FRAME_MS, turn);
      timers.add(timer);
    };
    return {
      room: null,
      muted: false,
      deaf: false,
      play() {},
      listen(next) {
        receive = next;
        schedule();
      },
      replacePort: (next) => void (port = next),
      leave() {
        receive = undefined;
        stop();
      },
    };
  };
  return { seat, close: () => timers.forEach((timer) => timer.cancel()) };
}
