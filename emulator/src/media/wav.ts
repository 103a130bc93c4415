import { decodeMuLaw } from "./g711.ts";
import { type WavFormat, readWavFormat } from "./wav-format.ts";

/** One channel, each sample between -1 and 1. */
export interface Recording {
  /** Samples per second. */
  rate: number;
  samples: Float32Array;
}

type ReadSample = (data: Buffer, offset: number) => number;

function sampleReader({ encoding, bits }: WavFormat): ReadSample {
  if (encoding === "float") return (data, at) => data.readFloatLE(at);
  if (encoding === "mu-law") return (data, at) => decodeMuLaw(data.subarray(at, at + 1))[0]! / 32_768;
  // Samples of 8 bits are unsigned, all others signed.
  if (bits === 8) return (data, at) => (data.readUInt8(at) - 128) / 128;
  const bytes = bits / 8;
  const full = 2 ** (bits - 1);
  return (data, at) => data.readIntLE(at, bytes) / full;
}

function toMono(data: Buffer, format: WavFormat): Float32Array {
  const read = sampleReader(format);
  const bytes = format.bits / 8;
  const samples = new Float32Array(Math.floor(data.length / (bytes * format.channels)));
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let c = 0; c < format.channels; c++) sum += read(data, (i * format.channels + c) * bytes);
    samples[i] = sum / format.channels;
  }
  return samples;
}

/** The chunks of a RIFF file; a last one that is cut short, or says that it is endless, ends with the file. */
function* chunksOf(file: Buffer): Generator<{ id: string; body: Buffer }> {
  for (let at = 12; at + 8 <= file.length;) {
    const length = file.readUInt32LE(at + 4);
    yield { id: file.toString("latin1", at, at + 4), body: file.subarray(at + 8, at + 8 + length) };
    at += 8 + length + (length % 2);
  }
}

/**
 * Reads a WAV file: PCM of 8 to 32 bits, floating point or mu-law, plain or extensible; several channels are mixed to one.
 * @throws Error that says what is wrong with the file
 */
export function readWav(bytes: Uint8Array): Recording {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, 12) !== "WAVE")
    throw new Error("not a WAV file: it does not begin with RIFF and WAVE");
  let format: WavFormat | undefined;
  for (const { id, body } of chunksOf(file)) {
    if (id === "fmt ") format = readWavFormat(body);
    if (id !== "data") continue;
    if (!format) throw new Error("the WAV file has its data before its format");
    return { rate: format.rate, samples: toMono(body, format) };
  }
  throw new Error("the WAV file has no data chunk");
}
