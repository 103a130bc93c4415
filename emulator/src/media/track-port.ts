import type { Track } from "node-datachannel";
import type { Codec } from "./codec/codec.ts";
import type { Coder } from "./codec/coder.ts";
import type { AudioPort, Frame } from "./port.ts";
import { createRtpReceiver } from "./rtp-receiver.ts";
import { createRtpWriter } from "./rtp.ts";

/** Sound over one track: RTP in both directions, cut into frames of 20 ms. Closes the coder with itself. */
export function portOf(track: Track, ssrc: number, { payloadType }: Codec, coder: Coder): AudioPort {
  const packetOf = createRtpWriter({ ssrc, payloadType, frameTicks: coder.frameTicks });
  let receive: (frame: Frame) => void = () => {};
  let isClosed = false;
  const hear = createRtpReceiver(payloadType, coder, (frame) => receive(frame));
  track.onMessage((packet) => {
    if (!isClosed) hear(packet);
  });
  return {
    onFrame: (next) => void (receive = next),
    send(frame) {
      if (!isClosed && track.isOpen()) track.sendMessageBinary(packetOf(coder.encode(frame)));
    },
    close() {
      isClosed = true;
      coder.close();
    },
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
