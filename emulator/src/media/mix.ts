import { FRAME_SAMPLES, type Frame } from "./port.ts";

/** One who speaks into a room at this moment; `heard` is undefined for silence. */
export interface Speaker {
  room: string | null;
  heard: Frame | undefined;
}

const clip = (value: number): number => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value);

/** Sums of rooms, by name; each turn uses the arrays of the turn before again. */
export type Sums = Map<string, Int32Array>;

/** Puts the sum of all voices in each room into `sums`; a room without a voice has none. */
export function sumRooms(speakers: Iterable<Speaker>, sums: Sums): void {
  const spoken = new Set<string>();
  for (const { room, heard } of speakers) {
    if (room === null || !heard) continue;
    let sum = sums.get(room);
    if (!sum) sums.set(room, (sum = new Int32Array(FRAME_SAMPLES)));
    else if (!spoken.has(room)) sum.fill(0);
    spoken.add(room);
    for (let i = 0; i < FRAME_SAMPLES; i++) sum[i]! += heard[i]!;
  }
  for (const room of sums.keys()) if (!spoken.has(room)) sums.delete(room);
}

/** Puts the room without one's own voice ("N-1"), clipped to 16 bits, into `mixed`. */
export function mixWithoutOwn(sum: Int32Array, own: Frame | undefined, mixed: Frame): Frame {
  for (let i = 0; i < FRAME_SAMPLES; i++) mixed[i] = clip(sum[i]! - (own ? own[i]! : 0));
  return mixed;
}
