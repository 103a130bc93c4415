import { randomInt } from "node:crypto";

const HEADER = 12;
const VERSION_2 = 0x80;
const MARKER = 0x80;

/** What we read of an RTP packet (RFC 3550). */
export interface RtpPacket {
  readonly payloadType: number;
  readonly sequence: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

/** Undefined for a broken packet, and for one without a payload. */
export function readRtp(packet: Buffer): RtpPacket | undefined {
  if (packet.length < HEADER || (packet[0]! & 0xc0) !== VERSION_2) return undefined;
  const hasExtension = (packet[0]! & 0x10) !== 0;
  const hasPadding = (packet[0]! & 0x20) !== 0;
  let start = HEADER + 4 * (packet[0]! & 0x0f);
  if (hasExtension) {
    if (packet.length < start + 4) return undefined;
    start += 4 + 4 * packet.readUInt16BE(start + 2);
  }
  const end = packet.length - (hasPadding ? packet.at(-1)! : 0);
  if (start >= end) return undefined;
  return {
    payloadType: packet[1]! & 0x7f,
    sequence: packet.readUInt16BE(2),
    ssrc: packet.readUInt32BE(8),
    payload: packet.subarray(start, end),
  };
}

export interface OutgoingStream {
  readonly ssrc: number;
  readonly payloadType: number;
  /** How far the clock goes on with each packet */
  readonly frameTicks: number;
}

/** Makes the packets of one outgoing stream, 20 ms each. */
export function createRtpWriter(stream: OutgoingStream): (payload: Uint8Array) => Buffer {
  let sequence = randomInt(0x10000);
  let timestamp = randomInt(2 ** 32);
  let marker = MARKER;
  return (payload) => {
    const packet = Buffer.allocUnsafe(HEADER + payload.length);
    packet[0] = VERSION_2;
    packet[1] = marker | stream.payloadType;
    packet.writeUInt16BE(sequence, 2);
    packet.writeUInt32BE(timestamp, 4);
    packet.writeUInt32BE(stream.ssrc, 8);
    packet.set(payload, HEADER);
    marker = 0;
    sequence = (sequence + 1) & 0xffff;
    timestamp = (timestamp + stream.frameTicks) >>> 0;
    return packet;
  };
}
