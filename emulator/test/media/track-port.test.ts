import type { Track } from "node-datachannel";
import { describe, expect, it } from "vitest";
import type { Codec } from "../../src/media/codec/codec.ts";
import { createCoder } from "../../src/media/codec/create-coder.ts";
import { portOf } from "../../src/media/track-port.ts";
import { level } from "./listening.ts";

const CODECS: Codec[] = [
  { name: "PCMU", payloadType: 0 },
  { name: "opus", payloadType: 111 },
];

/** The far side of a track: what was sent over it, and a way to send back. */
function openTrack() {
  const sent: Buffer[] = [];
  let receive: (packet: Buffer) => void = () => {};
  const track = {
    isOpen: () => true,
    onMessage: (next: typeof receive) => void (receive = next),
    sendMessageBinary: (packet: Buffer) => sent.push(packet) > 0,
  };
  return { track: track as unknown as Track, sent, deliver: (packet: Buffer) => receive(packet) };
}

describe.each(CODECS)("a port of a track in $name", (codec) => {
  it("sends frames and hears them", async () => {
    const { track, sent, deliver } = openTrack();
    const port = portOf(track, 1, codec, await createCoder(codec));
    const heard: number[] = [];
    port.onFrame((frame) => heard.push(frame.length));
    port.send(level(1000));
    deliver(sent[0]!);
    expect(heard).toEqual([160]);
    port.close();
  });

  it("neither sends nor hears after it was closed, though the mixer and the track go on", async () => {
    const { track, sent, deliver } = openTrack();
    const port = portOf(track, 1, codec, await createCoder(codec));
    const heard: number[] = [];
    port.onFrame((frame) => heard.push(frame.length));
    port.send(level(1000));
    port.close();
    port.send(level(1000));
    deliver(sent[0]!);
    expect(sent).toHaveLength(1);
    expect(heard).toEqual([]);
  });
});
