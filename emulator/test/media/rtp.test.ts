import { describe, expect, it } from "vitest";
import { decodeMuLaw } from "../../src/media/g711.ts";
import { createRtpWriter, pcmuPayload } from "../../src/media/rtp.ts";
import { level } from "./listening.ts";

describe("RTP", () => {
  it("counts packets by one and samples by 160, and marks the first", () => {
    const packetOf = createRtpWriter(0xcafe);
    const [first, second] = [packetOf(level(0)), packetOf(level(0))];
    expect([first[1], second[1]]).toEqual([0x80, 0x00]);
    expect((second.readUInt16BE(2) - first.readUInt16BE(2)) & 0xffff).toBe(1);
    expect((second.readUInt32BE(4) - first.readUInt32BE(4)) >>> 0).toBe(160);
    expect(second.readUInt32BE(8)).toBe(0xcafe);
  });

  it("carries a frame", () => {
    const payload = pcmuPayload(createRtpWriter(1)(level(1000)))!;
    expect(payload).toHaveLength(160);
    expect(decodeMuLaw(payload)[0]).toBeCloseTo(1000, -2);
  });

  it("finds the payload behind contributors and extensions, and before padding", () => {
    const head = Buffer.from([0x80 | 0x20 | 0x10 | 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9]);
    const contributor = Buffer.alloc(4);
    const extension = Buffer.from([0xbe, 0xde, 0, 1, 1, 2, 3, 4]);
    const packet = Buffer.concat([head, contributor, extension, Buffer.from([7, 8]), Buffer.from([0, 2])]);
    expect([...pcmuPayload(packet)!]).toEqual([7, 8]);
  });

  it("skips other payloads and broken packets", () => {
    const packet = createRtpWriter(1)(level(0));
    const comfortNoise = Buffer.from(packet);
    comfortNoise[1] = 13;
    const padded = Buffer.from(packet);
    padded[0] = 0xa0;
    padded[padded.length - 1] = 255;
    for (const bad of [comfortNoise, padded, packet.subarray(0, 11), Buffer.alloc(0)])
      expect(pcmuPayload(bad)).toBeUndefined();
  });
});
