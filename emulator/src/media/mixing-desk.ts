import { type Speaker, type Sums, mixWithoutOwn, sumRooms } from "./mix.ts";
import { type PlayOutQueue, createPlayOutQueue } from "./play-out-queue.ts";
import { type AudioPort, FRAME_SAMPLES, type Frame, type Listener, type Seat, type Sound } from "./port.ts";

/** All seats, moved on by 20 ms with each `hear` and `speak`; knows no time of its own. */
export interface MixingDesk {
  /** The number of occupied seats. */
  readonly size: number;
  /** Whether anybody listens at a seat. */
  readonly isRecorded: boolean;
  seat(port: AudioPort): Seat;
  /** One whole turn, in the order of real time. */
  tick(): void;
  /** Takes a frame from each far end. */
  hear(): void;
  /** Sends each far end what it hears of the frames that were taken last. */
  speak(): void;
  /** Passes on the frames of this turn to those who listen. */
  report(): void;
}

interface Place extends Seat, Speaker {
  readonly listeners: ReadonlySet<Listener>;
  pull(): void;
  send(sums: Sums): void;
  report(): void;
}

interface Parts {
  createQueue: () => PlayOutQueue;
  onLeave: (place: Place) => void;
  onListen: () => void;
}

const SILENCE: Frame = new Int16Array(FRAME_SAMPLES);

function createPlace(first: AudioPort, { createQueue, onLeave, onListen }: Parts): Place {
  let port = first;
  let queue = createQueue();
  let sound: Sound | undefined;
  let [said, sent]: [Frame, Frame] = [SILENCE, SILENCE];
  // Used again each turn: thousands of new arrays a second let the garbage collector delay the next turn.
  const mixed: Frame = new Int16Array(FRAME_SAMPLES);
  const listeners = new Set<Listener>();
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
    listeners,
    pull() {
      // Drop frames of a muted voice, too: after unmute they must not play late.
      const frame = queue.pull();
      place.heard = place.muted ? undefined : frame;
      said = frame ?? SILENCE;
    },
    send(sums) {
      const sum = place.room === null || place.deaf ? undefined : sums.get(place.room);
      sent = nextOfSound() ?? (sum ? mixWithoutOwn(sum, place.heard, mixed) : SILENCE);
      port.send(sent);
    },
    report: () => listeners.forEach((receive) => receive(said, sent)),
    play: (next) => void (sound = next),
    listen(receive) {
      listeners.add(receive);
      onListen();
      return () => void listeners.delete(receive);
    },
    replacePort(next) {
      port.onFrame(() => {});
      port = next;
      queue = createQueue();
      plugIn();
    },
    leave() {
      listeners.clear();
      port.onFrame(() => {});
      onLeave(place);
    },
  };
  plugIn();
  return place;
}

/** @param parts `onEmpty` is called when the last seat was left, `onListen` when somebody begins to listen */
export function createMixingDesk(
  parts: Partial<Omit<Parts, "onLeave"> & { onEmpty: () => void }> = {},
): MixingDesk {
  const { createQueue = createPlayOutQueue, onEmpty, onListen = () => {} } = parts;
  const places = new Set<Place>();
  const sums: Sums = new Map();
  const onLeave = (place: Place): void => {
    if (places.delete(place) && places.size === 0) onEmpty?.();
  };
  const desk: MixingDesk = {
    get size() {
      return places.size;
    },
    get isRecorded() {
      return [...places].some(({ listeners }) => listeners.size > 0);
    },
    seat(port) {
      const place = createPlace(port, { createQueue, onLeave, onListen });
      places.add(place);
      return place;
    },
    tick() {
      desk.hear();
      desk.speak();
      desk.report();
    },
    hear() {
      for (const place of places) place.pull();
      sumRooms(places, sums);
    },
    speak() {
      for (const place of places) place.send(sums);
    },
    report() {
      for (const place of places) place.report();
    },
  };
  return desk;
}
