import { randomInt } from "node:crypto";
import type { Audio, PeerConnection, Track } from "node-datachannel";
import { decodeMuLaw } from "./g711.ts";
import { type Leg, firstMid } from "./leg.ts";
import { hold } from "./native-handles.ts";
import { type AudioPort, FRAME_SAMPLES, type Frame } from "./port.ts";
import { PCMU, createRtpWriter, pcmuPayload } from "./rtp.ts";

/** What we use of node-datachannel, which is loaded only when browsers are to be heard. */
export interface DataChannelLibrary {
  Audio: new (mid: string, direction: "SendRecv") => Audio;
  PeerConnection: new (
    name: string,
    config: { iceServers: []; bindAddress: string; disableAutoNegotiation: boolean },
  ) => PeerConnection;
  cleanup(): void;
}

/**
 * The track goes when its connection has closed it. To close it earlier would pull it from under the thread that delivers
 * packets; not to close it at all would keep the process alive.
 */
function holdTrack(track: Track): void {
  const release = hold(track);
  track.onClosed(() => {
    setImmediate(() => {
      track.close();
      release();
    });
  });
}

/** The connection, held until it is closed; `gathered` resolves when it knows all its candidates. */
function openPeer(
  library: DataChannelLibrary,
  name: string,
): { peer: PeerConnection; gathered: Promise<void> } {
  const peer = new library.PeerConnection(name, {
    iceServers: [],
    bindAddress: "127.0.0.1",
    disableAutoNegotiation: true,
  });
  const release = hold(peer);
  peer.onStateChange((state) => {
    if (state === "closed") setImmediate(release);
  });
  const gathered = new Promise<void>((resolve) => {
    peer.onGatheringStateChange((state) => state === "complete" && resolve());
  });
  return { peer, gathered };
}

/** Sound over one track: RTP in both directions, cut into frames of 20 ms. */
function portOf(track: Track, ssrc: number): AudioPort {
  const packetOf = createRtpWriter(ssrc);
  let receive: (frame: Frame) => void = () => {};
  track.onMessage((packet) => {
    const payload = pcmuPayload(packet);
    if (!payload) return;
    const samples = decodeMuLaw(payload);
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

function localDescription(peer: PeerConnection): string {
  const description = peer.localDescription();
  if (!description) throw new Error("the media library made no session description");
  return description.sdp;
}

/** A port that can be used before its track exists. */
function latePort(): AudioPort & { attach(port: AudioPort): void } {
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

/**
 * A browser's media over WebRTC, PCMU only. Bound to 127.0.0.1: nobody else can send to it.
 * `telephone-event` is left out, so that the Voice SDK sends digits by signalling.
 */
export function createWebrtcLeg(library: DataChannelLibrary, name: string): Leg {
  const { peer, gathered } = openPeer(library, name);
  const port = latePort();
  const addTrack = (mid: string): void => {
    const ssrc = randomInt(1, 2 ** 31);
    const audio = new library.Audio(mid, "SendRecv");
    audio.addAudioCodec(PCMU, "PCMU");
    audio.addSSRC(ssrc, "emulator", "emulator", "emulator-audio");
    const track = peer.addTrack(audio);
    holdTrack(track);
    port.attach(portOf(track, ssrc));
  };
  return {
    port,
    async offer() {
      addTrack("0");
      peer.setLocalDescription("offer");
      await gathered;
      return localDescription(peer);
    },
    // Should DTLS be over before the library has stored the answer, it fails; the SDK then restarts ICE and gets a new leg.
    accept: (answer) => peer.setRemoteDescription(answer, "answer"),
    async answer(offer) {
      addTrack(firstMid(offer));
      peer.setRemoteDescription(offer, "offer");
      peer.setLocalDescription("answer");
      await gathered;
      return localDescription(peer);
    },
    close() {
      port.close();
      peer.close();
    },
  };
}
