import { SAMPLE_RATE } from "./port.ts";

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;
const PCM = 1;

/** A WAV file: 8 kHz, 16 bits, as the telephone network has it. @param samples one of each channel after the other */
export function writeWav(samples: Int16Array, channels = 1): Buffer {
  const bytes = samples.length * BYTES_PER_SAMPLE;
  const file = Buffer.alloc(HEADER_BYTES + bytes);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(PCM, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * BYTES_PER_SAMPLE * channels, 28);
  file.writeUInt16LE(BYTES_PER_SAMPLE * channels, 32);
  file.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(bytes, 40);
  samples.forEach((sample, i) => file.writeInt16LE(sample, HEADER_BYTES + BYTES_PER_SAMPLE * i));
  return file;
}
