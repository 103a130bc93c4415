import { FRAME_SAMPLES, type Frame } from "./port.ts";

/** One who speaks into a room at this moment; `heard` is undefined for silence. */
export interface Speaker {
  room: string | null;
  heard: Frame | undefined;
}

const clip = (value: number): number => (value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value);

/** The sum of all voices in each room. */
export function sumRooms(speakers: Iterable<Speaker>): Map<string, Int32Array> {
  const sums = new Map<string, Int32Array>();
  for (const { room, heard } of speakers) {
    if (room === null || !heard) continue;
    let sum = sums.get(room);
    if (!sum) sums.set(room, (sum = new Int32Array(FRAME_SAMPLES)));
    for (let i = 0; i < FRAME_SAMPLES; i++) sum[i]! += heard[i]!;
  }
  return sums;
}

/** The room without one's own voice ("N-1"), clipped to 16 bits. */
export function withoutOwn(sum: Int32Array, own: Frame | undefined): Frame {
  const mixed = new Int16Array(FRAME_SAMPLES);
  for (let i = 0; i < FRAME_SAMPLES; i++) mixed[i] = clip(sum[i]! - (own ? own[i]! : 0));
  return mixed;
}
