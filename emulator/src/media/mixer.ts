import { createMixingDesk } from "./mixing-desk.ts";
import { FRAME_MS, type Mixer } from "./port.ts";
import { type TickStats, createTicker } from "./ticker.ts";

/** A mixer that also measures how well it keeps time. */
export type TimedMixer = Mixer & { stats(): TickStats };

/**
 * Mixes all rooms on one clock of 20 ms of real time: each seat hears the others of its room and not itself.
 * Rests while no one is seated.
 */
export function createMixer(): TimedMixer {
  const desk = createMixingDesk({ onEmpty: () => ticker.stop() });
  const ticker = createTicker(FRAME_MS, () => desk.tick());
  return {
    seat(port) {
      ticker.start();
      return desk.seat(port);
    },
    stats: () => ticker.stats(),
    close: () => ticker.stop(),
  };
}
