import { type Speaker, sumRooms, withoutOwn } from "./mix.ts";
import { createPlayOutQueue } from "./play-out-queue.ts";
import { type AudioPort, FRAME_SAMPLES, type Frame, type Seat, type Sound } from "./port.ts";

/** All seats, moved on by 20 ms with each `tick`; knows no time of its own. */
export interface MixingDesk {
  /** The number of occupied seats. */
  readonly size: number;
  seat(port: AudioPort): Seat;
  tick(): void;
}

interface Place extends Seat, Speaker {
  pull(): void;
  send(sums: Map<string, Int32Array>): void;
}

const SILENCE: Frame = new Int16Array(FRAME_SAMPLES);

function createPlace(first: AudioPort, onLeave: (place: Place) => void): Place {
  let port = first;
  let queue = createPlayOutQueue();
  let sound: Sound | undefined;
  let listener: ((frame: Frame) => void) | undefined;
  const plugIn = (): void => port.onFrame((frame) => queue.push(frame));
  const nextOfSound = (): Frame | undefined => {
    const frame = sound?.next();
    if (!frame) sound = undefined;
    return frame;
  };
  const place: Place = {
    room: null,
    muted: false,
    deaf: false,
    heard: undefined,
    pull() {
      // Drop frames of a muted voice, too: after unmute they must not play late.
      const frame = queue.pull();
      place.heard = place.muted ? undefined : frame;
      listener?.(frame ?? SILENCE);
    },
    send(sums) {
      const sum = place.room === null || place.deaf ? undefined : sums.get(place.room);
      port.send(nextOfSound() ?? (sum ? withoutOwn(sum, place.heard) : SILENCE));
    },
    play: (next) => void (sound = next),
    listen: (receive) => void (listener = receive),
    replacePort(next) {
      port.onFrame(() => {});
      port = next;
      queue = createPlayOutQueue();
      plugIn();
    },
    leave() {
      listener = undefined;
      port.onFrame(() => {});
      onLeave(place);
    },
  };
  plugIn();
  return place;
}

/** @param onEmpty called when the last seat was left */
export function createMixingDesk(onEmpty: () => void = () => {}): MixingDesk {
  const places = new Set<Place>();
  const forget = (place: Place): void => {
    if (places.delete(place) && places.size === 0) onEmpty();
  };
  return {
    get size() {
      return places.size;
    },
    seat(port) {
      const place = createPlace(port, forget);
      places.add(place);
      return place;
    },
    tick() {
      for (const place of places) place.pull();
      const sums = sumRooms(places);
      for (const place of places) place.send(sums);
    },
  };
}
