import { Application, createDecoder, createEncoder } from "libopus-wasm";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../port.ts";
import type { Coder } from "./coder.ts";

/** Plenty for a voice at 8 kHz. */
const BITRATE = 24_000;
/** Of 10: what more costs in time is not heard at this bit rate. */
const COMPLEXITY = 5;
/** Opus' RTP clock runs at 48 kHz, whatever the sample rate (RFC 7587, 4.1). */
const FRAME_TICKS = 960;

/** Opus at the mixer's own rate, one channel: libopus mixes a stereo voice into one. */
export async function createOpusCoder({ maxBitrate }: { readonly maxBitrate?: number }): Promise<Coder> {
  const voice = { sampleRate: SAMPLE_RATE, channels: 1 } as const;
  const encoder = await createEncoder({
    ...voice,
    application: Application.Voip,
    bitrate: Math.min(BITRATE, maxBitrate ?? BITRATE),
    complexity: COMPLEXITY,
    frameSize: FRAME_SAMPLES,
  });
  const decoder = await createDecoder(voice);
  let lastLength = FRAME_SAMPLES;
  const conceal = (): Int16Array => decoder.decodePacketLoss(lastLength);
  return {
    frameTicks: FRAME_TICKS,
    encode: (frame) => encoder.encode(frame),
    decode(payload) {
      try {
        const samples = decoder.decode(payload);
        lastLength = samples.length;
        return samples;
      } catch {
        return conceal();
      }
    },
    conceal,
    close() {
      encoder.free();
      decoder.free();
    },
  };
}
