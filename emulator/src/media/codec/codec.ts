/** How the sound of one leg is coded. */
export type Codec =
  | { readonly name: "PCMU"; readonly payloadType: number }
  | {
      readonly name: "opus";
      readonly payloadType: number;
      /** The most bits per second that the far end wants to receive; undefined if it does not say. */
      readonly maxBitrate?: number;
    };

/** PCMU's payload type is static (RFC 3551). */
const PCMU: Codec = { name: "PCMU", payloadType: 0 };

/** What our own offers hold, most preferred first. The Voice SDK reorders them as its `codecPreferences` say. */
export const OFFERED: readonly Codec[] = [PCMU, { name: "opus", payloadType: 111 }];

/** What `maxaveragebitrate` may be (RFC 7587, 6.1); the Voice SDK sends no other. */
const [LEAST_BITRATE, MOST_BITRATE] = [6_000, 510_000];

function maxBitrateOf(section: string, payloadType: number): { maxBitrate?: number } {
  const pattern = new RegExp(String.raw`^a=fmtp:${payloadType} .*\bmaxaveragebitrate=(\d+)`, "m");
  const bitrate = Number(pattern.exec(section)?.[1]);
  return bitrate >= LEAST_BITRATE && bitrate <= MOST_BITRATE ? { maxBitrate: bitrate } : {};
}

function codecOf(section: string, payloadType: number): Codec | undefined {
  if (payloadType === PCMU.payloadType) return PCMU;
  const isOpus = new RegExp(`^a=rtpmap:${payloadType} opus/48000/2\\s*$`, "im").test(section);
  return isOpus ? { name: "opus", payloadType, ...maxBitrateOf(section, payloadType) } : undefined;
}

/** The codec that a browser's offer or answer prefers: the first of its audio that we have; PCMU if it names none. */
export function preferredCodec(sdp: string): Codec {
  const section = sdp.split(/^m=/m).find((each) => each.startsWith("audio ")) ?? "";
  const [, , , ...payloadTypes] = section.split(/\r?\n/, 1)[0]!.trim().split(/\s+/);
  for (const payloadType of payloadTypes) {
    const codec = codecOf(section, Number(payloadType));
    if (codec) return codec;
  }
  return PCMU;
}

/** Opus' parameters in our descriptions: no stereo, as we hear and speak with one channel, and no error correction. */
export const OPUS_PARAMETERS = "minptime=10";

/** The attributes of a codec in a session description. */
export function codecLines({ name, payloadType }: Codec): string[] {
  if (name === "PCMU") return [`a=rtpmap:${payloadType} PCMU/8000`];
  return [`a=rtpmap:${payloadType} opus/48000/2`, `a=fmtp:${payloadType} ${OPUS_PARAMETERS}`];
}
