import { describe, expect, it } from "vitest";
import { createClipLibrary } from "../../src/media/clip-library.ts";
import { readWav } from "../../src/media/wav.ts";
import { framesOf, loudnessAt, samplesOf } from "./listening.ts";
import { toneData, wavFile } from "./wav-files.ts";

const library = createClipLibrary();

function heard(file: Buffer): number[] {
  return samplesOf(framesOf(library.wav(file)));
}

describe("WAV files", () => {
  it("plays 16-bit samples at 8 kHz unchanged", () => {
    const data = Buffer.alloc(320);
    for (let i = 0; i < 160; i++) data.writeInt16LE(i * 100 - 8000, i * 2);
    const samples = heard(wavFile({ data }));
    expect(samples).toHaveLength(160);
    samples.forEach((sample, i) => expect(Math.abs(sample - (i * 100 - 8000))).toBeLessThanOrEqual(1));
  });

  it.each([
    { name: "8 bits", options: { bits: 8, data: Buffer.from([0, 128, 255]) }, expected: [-1, 0, 0.992] },
    {
      name: "24 bits",
      options: { bits: 24, data: Buffer.from([0, 0, 0x80, 0, 0, 0x40]) },
      expected: [-1, 0.5],
    },
    { name: "32 bits", options: { bits: 32, data: Buffer.from([0, 0, 0, 0xc0]) }, expected: [-0.5] },
    { name: "mu-law", options: { tag: 7, bits: 8, data: Buffer.from([0x00, 0xff]) }, expected: [-0.98, 0] },
    {
      name: "floating point",
      options: { tag: 3, bits: 32, data: Buffer.from(Float32Array.of(0.25, -0.75).buffer) },
      expected: [0.25, -0.75],
    },
    {
      name: "an extensible format",
      options: { extensible: true, data: Buffer.from([0, 0x40]) },
      expected: [0.5],
    },
    {
      name: "a chunk of odd length before the data",
      options: { withList: true, data: Buffer.from([0, 0x40]) },
      expected: [0.5],
    },
    {
      name: "two channels, mixed to one",
      options: { channels: 2, data: Buffer.from([0, 0x40, 0, 0]) },
      expected: [0.25],
    },
  ])("reads $name", ({ options, expected }) => {
    const { samples } = readWav(wavFile(options));
    expect(samples).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(samples[i]).toBeCloseTo(value, 2));
  });

  it.each([
    [44_100, 2],
    [48_000, 1],
    [16_000, 1],
    [11_025, 1],
    [4_000, 1],
  ])("plays %i samples a second in %i channels at the right pitch and length", (rate, channels) => {
    const clip = library.wav(wavFile({ rate, channels, data: toneData(440, rate, 1000, channels) }));
    expect(clip.durationMs).toBeCloseTo(1000, 0);
    const samples = samplesOf(framesOf(clip)).slice(400, 7600);
    expect(loudnessAt(440, samples)).toBeCloseTo(-10.3, 0);
    expect(loudnessAt(880, samples)).toBeLessThan(-50);
  });

  it("filters out frequencies above the telephone's band instead of aliasing them", () => {
    const samples = heard(wavFile({ rate: 48_000, data: toneData(7000, 48_000, 500) })).slice(400, 3600);
    expect(loudnessAt(1000, samples)).toBeLessThan(-50);
  });

  it("reads a file with truncated data, as recorders leave it", () => {
    const file = wavFile({ data: toneData(440, 8000, 100) });
    expect(readWav(file.subarray(0, file.length - 600)).samples).toHaveLength(500);
  });

  it.each([
    ["not a WAV file", Buffer.from("ID3\u0003 an mp3 file, say, with some bytes")],
    ["no data chunk", wavFile({ data: Buffer.alloc(0) }).subarray(0, 36)],
    ["format 85", wavFile({ tag: 85, data: Buffer.alloc(2) })],
    ["12 bits", wavFile({ bits: 12, data: Buffer.alloc(2) })],
    ["0 channels", wavFile({ channels: 0, data: Buffer.alloc(2) })],
    ["0 samples a second", wavFile({ rate: 0, data: Buffer.alloc(2) })],
  ])("says what is wrong with a file: %s", (reason, file) => {
    expect(() => library.wav(file)).toThrow(reason);
  });
});
