import { randomInt } from "node:crypto";
import type { Audio, PeerConnection, Track } from "node-datachannel";
import type { Certificate } from "./certificate.ts";
import { type Leg, firstMid } from "./leg.ts";
import { hold } from "./native-handles.ts";
import { PCMU } from "./rtp.ts";
import { STREAM, createIceCredentials, describeSession } from "./session-description.ts";
import { latePort, portOf } from "./track-port.ts";
import { type ReservedPort, reservePort } from "./udp-port.ts";

interface PeerConfig {
  iceServers: [];
  bindAddress: string;
  disableAutoNegotiation: boolean;
  certificatePemFile?: string;
  keyPemFile?: string;
  portRangeBegin?: number;
  portRangeEnd?: number;
}

/** The part of node-datachannel that we use. It is loaded only for runs with sound. */
export interface DataChannelLibrary {
  Audio: new (mid: string, direction: "SendRecv") => Audio;
  PeerConnection: new (name: string, config: PeerConfig) => PeerConnection;
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

/** What we know about a connection before it exists. */
interface Announced {
  certificate: Certificate;
  udpPort: number;
}

/** Despite their names, the first two take the PEM itself. */
const asAnnounced = ({ certificate, udpPort }: Announced): Partial<PeerConfig> => ({
  certificatePemFile: certificate.pem,
  keyPemFile: certificate.key,
  portRangeBegin: udpPort,
  portRangeEnd: udpPort,
});

/** The connection, held until it is closed; `gathered` resolves when it knows all its candidates. */
function openPeer(
  library: DataChannelLibrary,
  name: string,
  announced?: Announced,
): { peer: PeerConnection; gathered: Promise<void> } {
  const peer = new library.PeerConnection(name, {
    iceServers: [],
    bindAddress: "127.0.0.1",
    disableAutoNegotiation: true,
    ...(announced && asAnnounced(announced)),
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

function localDescription(peer: PeerConnection): string {
  const description = peer.localDescription();
  if (!description) throw new Error("the media library made no session description");
  return description.sdp;
}

/**
 * A browser's media over WebRTC, PCMU only. Bound to 127.0.0.1, so other machines cannot send to it.
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

  const addTrack = (to: PeerConnection, mid: string): void => {
    const audio = new library.Audio(mid, "SendRecv");
    audio.addAudioCodec(PCMU, "PCMU");
    audio.addSSRC(ssrc, STREAM.name, STREAM.name, STREAM.track);
    const track = to.addTrack(audio);
    holdTrack(track);
    port.attach(portOf(track, ssrc));
  };
  const connect = (remote: string, announced?: Announced): ReturnType<typeof openPeer> => {
    const opened = openPeer(library, name, announced);
    peer = opened.peer;
    addTrack(peer, firstMid(remote));
    peer.setRemoteDescription(remote, "offer");
    peer.setLocalDescription("answer", { iceUfrag: ice.ufrag, icePwd: ice.password });
    return opened;
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
        ice,
        fingerprint: certificate.fingerprint,
        media,
      });
    },
    accept(answer) {
      if (!reserved || peer || isClosed) throw new Error("there is no open offer that this could answer");
      reserved.release();
      connect(answer, { certificate, udpPort: reserved.number });
    },
    // Each leg has its own certificate: a new fingerprint tells a browser that restarts ICE to restart DTLS (RFC 8842).
    async answer(offer) {
      const opened = connect(offer);
      await opened.gathered;
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
