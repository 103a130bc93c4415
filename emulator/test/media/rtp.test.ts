import { describe, expect, it } from "vitest";
import { createRtpWriter, readRtp } from "../../src/media/rtp.ts";

const STREAM = { ssrc: 0xcafe, payloadType: 0, frameTicks: 160 };
const PAYLOAD = Uint8Array.of(7, 8, 9);

describe("RTP", () => {
  it.each([
    { payloadType: 0, frameTicks: 160 },
    { payloadType: 111, frameTicks: 960 },
  ])("counts packets by one and its clock by a frame, and marks the first: %o", (codec) => {
    const packetOf = createRtpWriter({ ssrc: 0xcafe, ...codec });
    const [first, second] = [packetOf(PAYLOAD), packetOf(PAYLOAD)];
    expect([first[1], second[1]]).toEqual([0x80 | codec.payloadType, codec.payloadType]);
    expect((second.readUInt16BE(2) - first.readUInt16BE(2)) & 0xffff).toBe(1);
    expect((second.readUInt32BE(4) - first.readUInt32BE(4)) >>> 0).toBe(codec.frameTicks);
    expect(second.readUInt32BE(8)).toBe(0xcafe);
  });

  it("carries a payload, its type, its sequence and its source", () => {
    const packet = createRtpWriter({ ...STREAM, payloadType: 111 })(PAYLOAD);
    const sequence = packet.readUInt16BE(2);
    const payload = Buffer.from(PAYLOAD);
    expect(readRtp(packet)).toEqual({ payloadType: 111, sequence, ssrc: 0xcafe, payload });
  });

  it("finds the payload behind contributors and extensions, and before padding", () => {
    const head = Buffer.from([0x80 | 0x20 | 0x10 | 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9]);
    const contributor = Buffer.alloc(4);
    const extension = Buffer.from([0xbe, 0xde, 0, 1, 1, 2, 3, 4]);
    const packet = Buffer.concat([head, contributor, extension, Buffer.from([7, 8]), Buffer.from([0, 2])]);
    expect([...readRtp(packet)!.payload]).toEqual([7, 8]);
  });

  it("refuses broken packets, and those without a payload", () => {
    const packet = createRtpWriter(STREAM)(PAYLOAD);
    const padded = Buffer.from(packet);
    padded[0] = 0xa0;
    padded[padded.length - 1] = 255;
    for (const bad of [padded, packet.subarray(0, 11), packet.subarray(0, 12), Buffer.alloc(0)])
      expect(readRtp(bad)).toBeUndefined();
  });
});
