export interface WavOptions {
  tag?: number;
  channels?: number;
  rate?: number;
  bits?: number;
  /** The samples' bytes, as they stand in the file. */
  data: Buffer;
  /** Puts the format's tag into a sub-format, as recorders of many channels do. */
  extensible?: boolean;
  /** A chunk before the data, with an odd length. */
  withList?: boolean;
}

function chunk(id: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

/** A WAV file, made here byte by byte so that reader and writer share no mistake. */
export function wavFile(options: WavOptions): Buffer {
  const { tag = 1, channels = 1, rate = 8000, bits = 16, data, extensible, withList } = options;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE((rate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) format.writeUInt16LE(tag, 24);
  const chunks = [chunk("fmt ", format), chunk("data", data)];
  if (withList) chunks.splice(1, 0, chunk("LIST", Buffer.from("odd")));
  const body = Buffer.concat([Buffer.from("WAVE"), ...chunks]);
  return chunk("RIFF", body);
}

/** A tone as 16-bit samples, `channels` times the same. */
export function toneData(hz: number, rate: number, ms: number, channels = 1): Buffer {
  const frames = Math.round((rate * ms) / 1000);
  const data = Buffer.alloc(frames * channels * 2);
  for (let i = 0; i < frames; i++)
    for (let c = 0; c < channels; c++)
      data.writeInt16LE(Math.round(10_000 * Math.sin((2 * Math.PI * hz * i) / rate)), (i * channels + c) * 2);
  return data;
}
