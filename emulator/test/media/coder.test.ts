import { Application, createEncoder } from "libopus-wasm";
import { afterEach, describe, expect, it } from "vitest";
import type { Codec } from "../../src/media/codec/codec.ts";
import type { Coder } from "../../src/media/codec/coder.ts";
import { createCoder } from "../../src/media/codec/create-coder.ts";
import { FRAME_SAMPLES, SAMPLE_RATE, type Frame } from "../../src/media/port.ts";
import { createRtpReceiver } from "../../src/media/rtp-receiver.ts";
import { createRtpWriter } from "../../src/media/rtp.ts";
import { loudnessAt, samplesOf } from "./listening.ts";

const HZ = 930;
const OTHER_HZ = 1730;
const CODECS: Codec[] = [
  { name: "PCMU", payloadType: 0 },
  { name: "opus", payloadType: 96 },
];
const OPUS: Codec = CODECS[1]!;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function coderFor(codec: Codec): Promise<Coder> {
  const coder = await createCoder(codec);
  closers.push(() => coder.close());
  return coder;
}

/** A tone of -12 dB from a sample on. */
function tone(from: number, length: number, rate = SAMPLE_RATE, channels = 1): Int16Array {
  return Int16Array.from({ length: length * channels }, (_, i) => {
    const at = from + Math.floor(i / channels);
    return Math.round(8192 * Math.sin((2 * Math.PI * HZ * at) / rate));
  });
}

const frames = (count: number): Frame[] =>
  Array.from({ length: count }, (_, i) => tone(i * FRAME_SAMPLES, FRAME_SAMPLES));

/** What a far end's packets sound like here. */
async function receiving(codec: Codec): Promise<{ heard: Frame[]; receive: (packet: Buffer) => void }> {
  const heard: Frame[] = [];
  const receive = createRtpReceiver(codec.payloadType, await coderFor(codec), (frame) => heard.push(frame));
  return { heard, receive };
}

/** The packets of a far end that whistles. */
async function packetsOf(codec: Codec, count: number): Promise<Buffer[]> {
  const { payloadType } = codec;
  const coder = await coderFor(codec);
  const packetOf = createRtpWriter({ ssrc: 1, payloadType, frameTicks: coder.frameTicks });
  return frames(count).map((frame) => packetOf(coder.encode(frame)));
}

/** The packets of a browser's Opus, at its own rate. */
async function browserPackets(ms: 10 | 20 | 40 | 60, count: number, channels: 1 | 2 = 1): Promise<Buffer[]> {
  const sampleRate = 48_000;
  const length = 48 * ms;
  const options = { sampleRate, channels, frameSize: length, bitrate: 32_000 } as const;
  const encoder = await createEncoder({ ...options, application: Application.Voip });
  closers.push(() => encoder.free());
  const packetOf = createRtpWriter({ ssrc: 1, payloadType: OPUS.payloadType, frameTicks: length });
  return Array.from({ length: count }, (_, i) =>
    packetOf(encoder.encode(tone(i * length, length, sampleRate, channels))),
  );
}

function expectTone(heard: readonly Frame[]): void {
  const settled = samplesOf(heard.slice(10));
  expect(loudnessAt(HZ, settled)).toBeGreaterThan(-14);
  expect(loudnessAt(HZ, settled)).toBeLessThan(-10);
  expect(loudnessAt(OTHER_HZ, settled)).toBeLessThan(-45);
}

describe.each(CODECS)("the coder of $name", (codec) => {
  it("lets a tone be heard as it was", async () => {
    const { heard, receive } = await receiving(codec);
    for (const packet of await packetsOf(codec, 60)) receive(packet);
    expect(heard.map((frame) => frame.length)).toEqual(Array.from({ length: 60 }, () => FRAME_SAMPLES));
    expectTone(heard);
  });

  it("moves RTP's clock by a frame: at 8 kHz, or at 48 kHz for Opus", async () => {
    const [first, second] = await packetsOf(codec, 2);
    const ticks = second!.readUInt32BE(4) - first!.readUInt32BE(4);
    expect(ticks >>> 0).toBe(codec.name === "opus" ? 960 : 160);
  });

  it("skips packets of other types, that come twice or that come too late", async () => {
    const { heard, receive } = await receiving(codec);
    const [first, second, third, fourth] = await packetsOf(codec, 4);
    const comfortNoise = Buffer.from(second!);
    comfortNoise[1] = 13;
    for (const packet of [first, comfortNoise, second, first, second, third, fourth]) receive(packet!);
    expect(heard).toHaveLength(4);
  });

  it("goes on with a stream that begins anew, at another number or from another source", async () => {
    const { heard, receive } = await receiving(codec);
    const [first, far, other] = await packetsOf(codec, 3);
    far!.writeUInt16BE((first!.readUInt16BE(2) + 20_000) & 0xffff, 2);
    other!.writeUInt16BE(far!.readUInt16BE(2), 2);
    other!.writeUInt32BE(2, 8);
    for (const packet of [first, far, other]) receive(packet!);
    expect(heard).toHaveLength(3);
  });

  it("never throws, whatever comes, and hears the next voice", async () => {
    const { heard, receive } = await receiving(codec);
    const packetOf = createRtpWriter({ ssrc: 2, payloadType: codec.payloadType, frameTicks: 1 });
    let seed = 1;
    const byte = (): number => (seed = (seed * 48_271) % 0x7fffffff) & 0xff;
    for (let i = 0; i < 500; i++) receive(packetOf(Uint8Array.from({ length: 1 + ((i * 7) % 1400) }, byte)));
    heard.length = 0;
    for (const packet of await packetsOf(codec, 60)) receive(packet);
    expect(heard.every((frame) => frame.length === FRAME_SAMPLES)).toBe(true);
    expectTone(heard);
  });
});

describe("PCMU", () => {
  it("is heard in packets of 10 ms, and of 30", async () => {
    const { heard, receive } = await receiving(CODECS[0]!);
    const packetOf = createRtpWriter({ ssrc: 1, payloadType: 0, frameTicks: 80 });
    const codes = new Uint8Array((await coderFor(CODECS[0]!)).encode(tone(0, FRAME_SAMPLES)));
    for (const part of [codes.subarray(0, 80), codes.subarray(80), codes, codes.subarray(0, 80)])
      receive(packetOf(part));
    receive(packetOf(new Uint8Array(240).fill(0xff)));
    expect(heard.map((frame) => frame.length)).toEqual([160, 160, 160, 160]);
    expect(heard[0]).toEqual(heard[1]);
  });
});

describe("Opus", () => {
  it.each([10, 20, 40, 60] as const)("is heard in packets of %i ms", async (ms) => {
    const { heard, receive } = await receiving(OPUS);
    for (const packet of await browserPackets(ms, 1200 / ms)) receive(packet);
    expect(heard).toHaveLength(60);
    expectTone(heard);
  });

  it("is heard in stereo, as one voice", async () => {
    const { heard, receive } = await receiving(OPUS);
    for (const packet of await browserPackets(20, 60, 2)) receive(packet);
    expect(heard).toHaveLength(60);
    expectTone(heard);
  });

  it("conceals lost packets, each as long as the one before", async () => {
    for (const [ms, lost] of [
      [20, 1],
      [20, 3],
      [60, 1],
    ] as const) {
      const { heard, receive } = await receiving(OPUS);
      const packets = await browserPackets(ms, 1200 / ms);
      packets.splice(15, lost);
      for (const packet of packets) receive(packet);
      expect(heard).toHaveLength(60);
      const first = (15 * ms) / 20;
      expect(loudnessAt(HZ, [...heard[first]!])).toBeGreaterThan(-20);
      expectTone(heard);
    }
  });

  it("does not fill a pause", async () => {
    const { heard, receive } = await receiving(OPUS);
    const packets = await packetsOf(OPUS, 40);
    for (const packet of [...packets.slice(0, 10), ...packets.slice(30)]) receive(packet);
    expect(heard).toHaveLength(20);
  });

  it("hears a packet of a silent sender, which has one byte, as 20 ms", async () => {
    const { heard, receive } = await receiving(OPUS);
    const packets = await packetsOf(OPUS, 30);
    const silent = Buffer.from(packets[20]!.subarray(0, 13));
    for (const packet of [...packets.slice(0, 20), silent, ...packets.slice(21)]) receive(packet);
    expect(heard).toHaveLength(30);
  });

  it("is sent with no more bits than the browser asks for", async () => {
    const bytes = async (maxBitrate?: number): Promise<number> => {
      const coder = await coderFor({ ...OPUS, ...(maxBitrate && { maxBitrate }) });
      const sizes = frames(100).map((frame) => coder.encode(frame).length);
      return sizes.reduce((sum, size) => sum + size, 0) / 2;
    };
    const [usual, few, many] = [await bytes(), await bytes(8_000), await bytes(510_000)];
    expect(few * 8).toBeLessThan(10_000);
    expect(usual).toBeGreaterThan(few * 1.5);
    expect(many).toBe(usual);
  });
});
