import { expect } from "vitest";
import { powerAt } from "../../src/people/ear.ts";

const HEADER_BYTES = 44;

/** A recording as somebody with its address gets it: each channel by itself. */
export async function fetchChannels(url: string): Promise<Int16Array[]> {
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "audio/x-wav"]);
  const file = Buffer.from(await answer.arrayBuffer());
  const channels = file.readUInt16LE(22);
  const samples = new Int16Array(
    file.buffer,
    file.byteOffset + HEADER_BYTES,
    (file.length - HEADER_BYTES) / 2,
  );
  return Array.from({ length: channels }, (_, channel) => samples.filter((_, i) => i % channels === channel));
}

/** Which of the tones is in the samples. */
export function tonesIn(samples: Int16Array, tones: readonly number[]): number[] {
  return tones.filter((hz) => 10 * Math.log10(powerAt(samples, hz)) > -30);
}

/** Seconds, to the tenth. */
export const lengthOf = (samples: Int16Array): number => Math.round(samples.length / 800) / 10;
