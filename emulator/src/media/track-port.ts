import type { Track } from "node-datachannel";
import { decodeMuLaw } from "./g711.ts";
import { type AudioPort, FRAME_SAMPLES, type Frame } from "./port.ts";
import { createRtpWriter, pcmuPayload } from "./rtp.ts";

/** Sound over one track: RTP in both directions, cut into frames of 20 ms. */
export function portOf(track: Track, ssrc: number): AudioPort {
  const packetOf = createRtpWriter(ssrc);
  let receive: (frame: Frame) => void = () => {};
  track.onMessage((packet) => {
    const payload = pcmuPayload(packet);
    if (!payload) return;
    const samples = decodeMuLaw(payload);
    if (samples.length === FRAME_SAMPLES) return receive(samples);
    for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES)
      receive(samples.subarray(at, at + FRAME_SAMPLES));
  });
  return {
    onFrame: (next) => void (receive = next),
    send(frame) {
      if (track.isOpen()) track.sendMessageBinary(packetOf(frame));
    },
    close: () => void (receive = () => {}),
  };
}

/** A port that can be used before its track exists. */
export function latePort(): AudioPort & { attach(port: AudioPort): void } {
  let port: AudioPort | undefined;
  let receive: (frame: Frame) => void = () => {};
  return {
    attach(next) {
      port = next;
      port.onFrame((frame) => receive(frame));
    },
    onFrame: (next) => void (receive = next),
    send: (frame) => port?.send(frame),
    close() {
      port?.close();
      port = undefined;
    },
  };
}
