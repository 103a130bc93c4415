import type { Frame } from "./port.ts";

const BIAS = 0x84;
const LOUDEST = 32635;

function expand(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + BIAS) << ((bits & 0x70) >> 4);
  return bits & 0x80 ? BIAS - magnitude : magnitude - BIAS;
}

function compress(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), LOUDEST) + BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

const EXPANDED = Int16Array.from({ length: 256 }, (_, code) => expand(code));
const COMPRESSED = Uint8Array.from({ length: 65_536 }, (_, bits) => compress((bits << 16) >> 16));

/** Mu-law (ITU-T G.711) to 16-bit samples, one for each byte. */
export function decodeMuLaw(codes: Uint8Array): Frame {
  const samples = new Int16Array(codes.length);
  for (let i = 0; i < codes.length; i++) samples[i] = EXPANDED[codes[i]!]!;
  return samples;
}

/** 16-bit samples to mu-law (ITU-T G.711), one byte for each, into `target` from `offset` on. */
export function encodeMuLaw(samples: Frame, target: Uint8Array, offset = 0): void {
  for (let i = 0; i < samples.length; i++) target[offset + i] = COMPRESSED[samples[i]! & 0xffff]!;
}
