import { randomInt } from "node:crypto";
import { encodeMuLaw } from "./g711.ts";
import { FRAME_SAMPLES, type Frame } from "./port.ts";

/** PCMU's static payload type (RFC 3551). */
export const PCMU = 0;
const HEADER = 12;
const VERSION_2 = 0x80;
const MARKER = 0x80;

/** The payload of an RTP packet (RFC 3550) of type PCMU; undefined for any other packet and for broken ones. */
export function pcmuPayload(packet: Buffer): Buffer | undefined {
  if (packet.length < HEADER || (packet[0]! & 0xc0) !== VERSION_2) return undefined;
  if ((packet[1]! & 0x7f) !== PCMU) return undefined;
  const hasExtension = (packet[0]! & 0x10) !== 0;
  const hasPadding = (packet[0]! & 0x20) !== 0;
  let start = HEADER + 4 * (packet[0]! & 0x0f);
  if (hasExtension) {
    if (packet.length < start + 4) return undefined;
    start += 4 + 4 * packet.readUInt16BE(start + 2);
  }
  const end = packet.length - (hasPadding ? packet.at(-1)! : 0);
  return start < end ? packet.subarray(start, end) : undefined;
}

/** Makes the packets of one outgoing stream, 20 ms each. */
export function createRtpWriter(ssrc: number): (frame: Frame) => Buffer {
  let sequence = randomInt(0x10000);
  let timestamp = randomInt(2 ** 32);
  let marker = MARKER;
  return (frame) => {
    const packet = Buffer.allocUnsafe(HEADER + frame.length);
    packet[0] = VERSION_2;
    packet[1] = marker | PCMU;
    packet.writeUInt16BE(sequence, 2);
    packet.writeUInt32BE(timestamp, 4);
    packet.writeUInt32BE(ssrc, 8);
    encodeMuLaw(frame, packet, HEADER);
    marker = 0;
    sequence = (sequence + 1) & 0xffff;
    timestamp = (timestamp + FRAME_SAMPLES) >>> 0;
    return packet;
  };
}
