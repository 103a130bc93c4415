/** One frame of muxado, the protocol in which ngrok's agents carry many streams over one connection. */
export interface MuxadoFrame {
  type: number;
  isLast: boolean;
  stream: number;
  body: Buffer;
}

export const [RESET, DATA] = [0, 1];
const [FIN, SYN] = [1, 2];
const HEADER_BYTES = 8;

/** A frame of data: 24 bits of length, 4 of type, 4 of flags, 32 of the stream's number, then the body. */
export function dataFrame(
  stream: number,
  body: Buffer,
  flags: { first?: boolean; last?: boolean } = {},
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const bits = (flags.first ? SYN : 0) | (flags.last ? FIN : 0);
  header.writeUIntBE(body.length, 0, 3);
  header.writeUInt8((DATA << 4) | bits, 3);
  header.writeUInt32BE(stream, 4);
  return Buffer.concat([header, body]);
}

/** Cuts what comes into frames. */
export function frameReader(onFrame: (frame: MuxadoFrame) => void): (chunk: Buffer) => void {
  let waiting = Buffer.alloc(0);
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + waiting.readUIntBE(0, 3);
      if (waiting.length < end) return;
      const kind = waiting.readUInt8(3);
      const body = waiting.subarray(HEADER_BYTES, end);
      onFrame({ type: kind >> 4, isLast: (kind & FIN) !== 0, stream: waiting.readUInt32BE(4), body });
      waiting = waiting.subarray(end);
    }
  };
}
