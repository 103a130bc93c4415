import { describe, expect, it } from "vitest";
import { decodeMuLaw, encodeMuLaw } from "../../src/media/g711.ts";

function roundTrip(samples: number[]): number[] {
  const codes = new Uint8Array(samples.length);
  encodeMuLaw(Int16Array.from(samples), codes);
  return [...decodeMuLaw(codes)];
}

describe("mu-law", () => {
  it("has the code points of ITU-T G.711", () => {
    const samples = decodeMuLaw(Uint8Array.of(0x00, 0x80, 0x7f, 0xff, 0x0f, 0x8f, 0xf0));
    expect([...samples]).toEqual([-32124, 32124, 0, 0, -16764, 16764, 120]);
  });

  it("returns every code, except for the second zero", () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
    const again = new Uint8Array(256);
    encodeMuLaw(decodeMuLaw(codes), again);
    expect([...again].filter((code, index) => code !== index)).toEqual([0xff]);
    expect(again[0x7f]).toBe(0xff);
  });

  it("keeps every sample within a twentieth of its size", () => {
    for (let sample = -32_768; sample <= 32_767; sample += 7) {
      const [heard = 0] = roundTrip([sample]);
      expect(Math.abs(heard - sample)).toBeLessThanOrEqual(Math.max(8, Math.abs(sample) / 20));
    }
  });

  it("clips the loudest samples instead of wrapping them", () => {
    expect(roundTrip([32_767, -32_768])).toEqual([32_124, -32_124]);
  });
});
