/** The `fmt ` chunk of a WAV file. */
export interface WavFormat {
  encoding: "pcm" | "float" | "mu-law";
  channels: number;
  /** Samples per second of each channel. */
  rate: number;
  bits: number;
}

const ENCODINGS: Record<number, WavFormat["encoding"]> = { 1: "pcm", 3: "float", 7: "mu-law" };
const EXTENSIBLE = 0xfffe;
const BITS: Record<WavFormat["encoding"], number[]> = {
  pcm: [8, 16, 24, 32],
  float: [32],
  "mu-law": [8],
};

/** @throws Error that names the file's format if we cannot read it */
export function readWavFormat(chunk: Buffer): WavFormat {
  if (chunk.length < 16) throw new Error("the WAV file's format chunk is cut short");
  const tag = chunk.readUInt16LE(0);
  // An extensible format has its true tag at the start of the sub-format's GUID.
  const code = tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag;
  const encoding = ENCODINGS[code];
  if (!encoding)
    throw new Error(
      `the WAV file has format ${code}; readable are PCM (1), floating point (3) and mu-law (7). Convert it: ffmpeg -i in.wav -ar 8000 -ac 1 out.wav`,
    );
  const format = {
    encoding,
    channels: chunk.readUInt16LE(2),
    rate: chunk.readUInt32LE(4),
    bits: chunk.readUInt16LE(14),
  };
  if (!BITS[encoding].includes(format.bits))
    throw new Error(
      `the WAV file has ${format.bits} bits a sample; readable are ${BITS[encoding].join(", ")}`,
    );
  if (format.channels < 1 || format.channels > 8)
    throw new Error(`the WAV file has ${format.channels} channels`);
  if (format.rate < 1000 || format.rate > 192_000)
    throw new Error(`the WAV file has ${format.rate} samples a second`);
  return format;
}
