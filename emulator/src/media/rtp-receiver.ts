import type { Coder } from "./codec/coder.ts";
import { FRAME_SAMPLES, type Frame } from "./port.ts";
import { type RtpPacket, readRtp } from "./rtp.ts";

/** More lost packets than these are a pause, not a gap: it stays silent. */
const MOST_CONCEALED = 5;
/** A packet that is so much too early or too late belongs to a stream that began anew. */
const MOST_ASTRAY = 100;

/** Counts the packets lost before each; undefined: the packet comes twice or too late. */
function createLossCounter(): (packet: RtpPacket) => number | undefined {
  let expected: { sequence: number; ssrc: number } | undefined;
  return ({ sequence, ssrc }) => {
    const ahead = expected?.ssrc === ssrc ? ((sequence - expected.sequence) << 16) >> 16 : 0;
    if (ahead < 0 && ahead > -MOST_ASTRAY) return undefined;
    expected = { sequence: (sequence + 1) & 0xffff, ssrc };
    return ahead > 0 && ahead <= MOST_CONCEALED ? ahead : 0;
  };
}

const NOTHING = new Int16Array(0);

/** Cuts sound of any length into frames; what is left over waits for the next. */
function createFramer(receive: (frame: Frame) => void): (samples: Int16Array) => void {
  let rest = NOTHING;
  return (samples) => {
    let whole = samples;
    if (rest.length > 0) {
      whole = new Int16Array(rest.length + samples.length);
      whole.set(rest);
      whole.set(samples, rest.length);
    }
    let at = 0;
    for (; at + FRAME_SAMPLES <= whole.length; at += FRAME_SAMPLES)
      receive(whole.subarray(at, at + FRAME_SAMPLES));
    rest = at < whole.length ? whole.slice(at) : NOTHING;
  };
}

/** Turns the packets of a far end into frames of 20 ms, whatever their own duration. Skips other payload types. */
export function createRtpReceiver(
  payloadType: number,
  coder: Coder,
  receive: (frame: Frame) => void,
): (packet: Buffer) => void {
  const lostBefore = createLossCounter();
  const cut = createFramer(receive);
  return (bytes) => {
    const packet = readRtp(bytes);
    if (packet?.payloadType !== payloadType) return;
    const lost = lostBefore(packet);
    if (lost === undefined) return;
    for (let i = 0; i < lost; i++) cut(coder.conceal());
    cut(coder.decode(packet.payload));
  };
}
