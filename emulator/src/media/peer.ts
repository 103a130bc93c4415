import type { Audio, PeerConnection, Track } from "node-datachannel";
import type { Certificate } from "./certificate.ts";
import { type Codec, OPUS_PARAMETERS } from "./codec/codec.ts";
import { hold } from "./native-handles.ts";
import { STREAM } from "./session-description.ts";

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
export interface Announced {
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

export interface Opened {
  peer: PeerConnection;
  /** Resolves when the connection knows all its candidates. */
  gathered: Promise<void>;
}

/** The connection, held until it is closed. */
export function openPeer(library: DataChannelLibrary, name: string, announced?: Announced): Opened {
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

export function localDescription(peer: PeerConnection): string {
  const description = peer.localDescription();
  if (!description) throw new Error("the media library made no session description");
  return description.sdp;
}

function addCodec(audio: Audio, { name, payloadType }: Codec): void {
  if (name === "opus") audio.addOpusCodec(payloadType, OPUS_PARAMETERS);
  else audio.addAudioCodec(payloadType, name);
}

/** The track in both directions of a connection, with one codec. */
export function addTrack(
  library: DataChannelLibrary,
  peer: PeerConnection,
  { mid, codec, ssrc }: { mid: string; codec: Codec; ssrc: number },
): Track {
  const audio = new library.Audio(mid, "SendRecv");
  addCodec(audio, codec);
  audio.addSSRC(ssrc, STREAM.name, STREAM.name, STREAM.track);
  const track = peer.addTrack(audio);
  holdTrack(track);
  return track;
}
