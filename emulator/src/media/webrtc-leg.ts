import { randomInt } from "node:crypto";
import type { PeerConnection, Track } from "node-datachannel";
import type { Certificate } from "./certificate.ts";
import { type Codec, OFFERED, preferredCodec } from "./codec/codec.ts";
import { createCoder } from "./codec/create-coder.ts";
import { type Leg, firstMid } from "./leg.ts";
import {
  type Announced,
  type DataChannelLibrary,
  type Opened,
  addTrack,
  localDescription,
  openPeer,
} from "./peer.ts";
import { createIceCredentials, describeSession } from "./session-description.ts";
import { latePort, portOf } from "./track-port.ts";
import { type ReservedPort, reservePort } from "./udp-port.ts";

interface Connected extends Opened {
  /** Resolves when sound can pass. */
  attached: Promise<void>;
}

/**
 * A browser's media over WebRTC, in the codec that the browser prefers. Bound to 127.0.0.1, so other machines cannot send to it.
 * `telephone-event` is left out, so that the Voice SDK sends digits by signalling.
 *
 * A connection is only made when the browser's description is there, also when the offer is ours: then we have described
 * beforehand what it will be. A connection that had to wait for the answer would be reached by the browser while it still
 * reads that answer; when the browser's certificate comes first, libdatachannel (0.24.5) refuses it, and the sound is lost.
 */
export function createWebrtcLeg(library: DataChannelLibrary, certificate: Certificate, name: string): Leg {
  const port = latePort();
  const ice = createIceCredentials();
  const ssrc = randomInt(1, 2 ** 31);
  let reserved: ReservedPort | undefined;
  let peer: PeerConnection | undefined;
  let isClosed = false;

  const attach = async (track: Track, codec: Codec): Promise<void> => {
    const coder = await createCoder(codec);
    if (isClosed) coder.close();
    else port.attach(portOf(track, ssrc, codec, coder));
  };
  const connect = (remote: string, announced?: Announced): Connected => {
    const opened = openPeer(library, name, announced);
    peer = opened.peer;
    const codec = preferredCodec(remote);
    const track = addTrack(library, peer, { mid: firstMid(remote), codec, ssrc });
    peer.setRemoteDescription(remote, "offer");
    peer.setLocalDescription("answer", { iceUfrag: ice.ufrag, icePwd: ice.password });
    return { ...opened, attached: attach(track, codec) };
  };
  return {
    port,
    async offer() {
      reserved = await reservePort();
      if (isClosed) reserved.release();
      const media = { port: reserved.number, ssrc };
      return describeSession({
        setup: "actpass",
        mid: "0",
        codecs: OFFERED,
        ice,
        fingerprint: certificate.fingerprint,
        media,
      });
    },
    accept(answer) {
      if (!reserved || peer || isClosed) throw new Error("there is no open offer that this could answer");
      reserved.release();
      const { attached } = connect(answer, { certificate, udpPort: reserved.number });
      // Without its coder the leg would stay silent: the browser sees the connection go instead.
      attached.catch(() => peer?.close());
    },
    // Each leg has its own certificate: a new fingerprint tells a browser that restarts ICE to restart DTLS (RFC 8842).
    async answer(offer) {
      const opened = connect(offer);
      await Promise.all([opened.gathered, opened.attached]);
      return localDescription(opened.peer);
    },
    close() {
      isClosed = true;
      port.close();
      reserved?.release();
      peer?.close();
    },
  };
}
