import { randomBytes } from "node:crypto";
import { type Codec, codecLines } from "./codec/codec.ts";

/** ICE's user fragment and password: a peer that knows them may send to us (RFC 8445). */
export interface IceCredentials {
  readonly ufrag: string;
  readonly password: string;
}

export function createIceCredentials(): IceCredentials {
  return { ufrag: randomBytes(3).toString("hex"), password: randomBytes(16).toString("hex") };
}

/** The variable parts of our session descriptions. */
export interface Session {
  readonly setup: "actpass" | "active";
  readonly mid: string;
  /** Most preferred first */
  readonly codecs: readonly Codec[];
  readonly ice: IceCredentials;
  /** SHA-256 of the certificate, as in `AB:CD:…` */
  readonly fingerprint: string;
  /** Where sound is taken and what it is sent as; without, there is no candidate, and a browser never tries to send. */
  readonly media?: { readonly port: number; readonly ssrc: number };
}

/** The source and the stream of a session: without them the Voice SDK finds no stream to play. */
export const STREAM = { name: "emulator", track: "emulator-audio" } as const;

/** A session description that a browser accepts: at 127.0.0.1 alone, with its one candidate (RFC 8866). */
export function describeSession({ setup, mid, codecs, ice, fingerprint, media }: Session): string {
  const payloadTypes = codecs.map((codec) => codec.payloadType).join(" ");
  return [
    "v=0",
    `o=- ${randomBytes(4).readUInt32BE()} 0 IN IP4 127.0.0.1`,
    "s=-",
    "t=0 0",
    `a=group:BUNDLE ${mid}`,
    `m=audio ${media?.port ?? 9} UDP/TLS/RTP/SAVPF ${payloadTypes}`,
    `c=IN IP4 ${media ? "127.0.0.1" : "0.0.0.0"}`,
    "a=rtcp-mux",
    `a=mid:${mid}`,
    "a=sendrecv",
    ...codecs.flatMap(codecLines),
    `a=ice-ufrag:${ice.ufrag}`,
    `a=ice-pwd:${ice.password}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=setup:${setup}`,
    ...(media ? mediaLines(media.port, media.ssrc) : []),
    "",
  ].join("\r\n");
}

function mediaLines(port: number, ssrc: number): string[] {
  return [
    `a=msid:${STREAM.name} ${STREAM.track}`,
    `a=ssrc:${ssrc} cname:${STREAM.name}`,
    `a=candidate:1 1 UDP 2122317823 127.0.0.1 ${port} typ host`,
    "a=end-of-candidates",
  ];
}
