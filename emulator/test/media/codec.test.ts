import { describe, expect, it } from "vitest";
import { type Codec, OFFERED, codecLines, preferredCodec } from "../../src/media/codec/codec.ts";

/** An offer like a browser's, with these payload types in this order. */
function offer(payloadTypes: string, ...attributes: string[]): string {
  return [
    "v=0",
    "s=-",
    `m=audio 9 UDP/TLS/RTP/SAVPF ${payloadTypes}`,
    "a=mid:0",
    "a=rtpmap:96 opus/48000/2",
    "a=rtcp-fb:96 transport-cc",
    "a=fmtp:96 minptime=10;useinbandfec=1",
    "a=rtpmap:63 red/48000/2",
    "a=fmtp:63 96/96",
    "a=rtpmap:9 G722/8000",
    "a=rtpmap:0 PCMU/8000",
    "a=rtpmap:8 PCMA/8000",
    "a=rtpmap:110 telephone-event/48000",
    ...attributes,
    "",
  ].join("\r\n");
}

const PCMU: Codec = { name: "PCMU", payloadType: 0 };
const OPUS: Codec = { name: "opus", payloadType: 96 };

describe("the codec of a leg", () => {
  it.each([
    ["96 63 9 0 8 110", OPUS],
    ["63 110 9 8 96 0", OPUS],
    ["0 96 63 9 8 110", PCMU],
    ["8 9 0 96", PCMU],
    ["8 9 96", OPUS],
  ])("is the first of the browser's that we have: %s", (payloadTypes, codec) => {
    expect(preferredCodec(offer(payloadTypes))).toEqual(codec);
  });

  it.each([["8 9 110"], ["97"], [""]])("is PCMU if the browser has none of ours: %s", (payloadTypes) => {
    expect(preferredCodec(offer(payloadTypes))).toEqual(PCMU);
  });

  it("is PCMU if there is no audio at all", () => {
    expect(preferredCodec("nonsense")).toEqual(PCMU);
    expect(preferredCodec(offer("96").replace("m=audio", "m=video"))).toEqual(PCMU);
  });

  it("is Opus in stereo offers, in any letter case, and with bare line feeds", () => {
    const stereo = offer("96 0").replace("useinbandfec=1", "stereo=1;sprop-stereo=1");
    expect(preferredCodec(stereo)).toEqual(OPUS);
    expect(preferredCodec(offer("96 0").replace("opus/48000", "OPUS/48000"))).toEqual(OPUS);
    expect(preferredCodec(offer("96 0").replaceAll("\r\n", "\n"))).toEqual(OPUS);
  });

  it("is read from the first audio alone, not from a later one", () => {
    const second = "m=audio 9 UDP/TLS/RTP/SAVPF 97\r\na=rtpmap:97 opus/48000/2\r\n";
    expect(preferredCodec(offer("97 0") + second)).toEqual(PCMU);
  });

  it.each([
    ["minptime=10;maxaveragebitrate=12000", 12_000],
    ["maxaveragebitrate=6000;useinbandfec=1", 6_000],
    ["maxaveragebitrate=5999", undefined],
    ["maxaveragebitrate=510001", undefined],
    ["maxaveragebitrate=x", undefined],
  ])("has the bit rate that the browser asks for, if RFC 7587 allows it: %s", (parameters, maxBitrate) => {
    const sdp = offer("96 0").replace("minptime=10;useinbandfec=1", parameters);
    expect(preferredCodec(sdp)).toEqual(maxBitrate ? { ...OPUS, maxBitrate } : OPUS);
  });

  it("is found again in our own offer, which puts PCMU first, whatever the SDK then prefers", () => {
    const ours = (codecs: readonly Codec[]): string =>
      [
        `m=audio 9 UDP/TLS/RTP/SAVPF ${codecs.map((codec) => codec.payloadType).join(" ")}`,
        ...OFFERED.flatMap(codecLines),
      ].join("\r\n");
    expect(preferredCodec(ours(OFFERED))).toEqual(PCMU);
    expect(preferredCodec(ours(OFFERED.toReversed()))).toEqual({ name: "opus", payloadType: 111 });
  });
});
