import { afterEach, describe, expect, it } from "vitest";
import { type Leg, iceUfrag } from "../../src/media/leg.ts";
import { createLegMaker } from "../../src/media/leg-maker.ts";
import { createCertificate } from "../../src/media/certificate.ts";
import { createWebrtcLeg } from "../../src/media/webrtc-leg.ts";
import { clipOf, repeated } from "../../src/media/clip.ts";
import { steadyTones } from "../../src/media/synth.ts";
import { level, loudnessAt } from "./listening.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A leg of a maker of its own; both are closed after the test. */
async function aLeg(): Promise<Leg> {
  const maker = createLegMaker("webrtc");
  const leg = await maker.make();
  closers.push(
    () => maker.close(),
    () => leg.close(),
  );
  return leg;
}

/** Two legs that have met. */
async function pair(): Promise<{ near: Leg; far: Leg }> {
  const [near, far] = [await aLeg(), await aLeg()];
  near.accept(await far.answer(await near.offer()));
  return { near, far };
}

/** Speaks every 20 ms until the other end has heard one frame. */
function heardFrom(speaker: Leg, listener: Leg, value: number): Promise<number> {
  return new Promise((resolve) => {
    const timer = setInterval(() => speaker.port.send(level(value)), 20);
    listener.port.onFrame((frame) => {
      clearInterval(timer);
      resolve(frame[0]!);
    });
  });
}

describe("a leg over WebRTC", () => {
  it("carries a voice both ways", async () => {
    const { near, far } = await pair();
    expect(await heardFrom(near, far, 8000)).toBeCloseTo(8000, -3);
    expect(await heardFrom(far, near, -4000)).toBeCloseTo(-4000, -3);
  });

  it("works again after all earlier legs were closed and the library was unloaded", async () => {
    const { near, far } = await pair();
    expect(await heardFrom(far, near, 1000)).toBeCloseTo(1000, -2);
  });

  it("offers PCMU, then Opus, at 127.0.0.1 only, with all candidates and no telephone-event", async () => {
    const leg = await aLeg();
    const offer = await leg.offer();
    expect(offer).toMatch(/^m=audio \d+ UDP\/TLS\/RTP\/SAVPF 0 111\r?$/m);
    expect(offer).not.toContain("telephone-event");
    const candidates = offer.match(/^a=candidate:.*$/gm) ?? [];
    expect(candidates.length).toBeGreaterThan(0);
    expect(candidates.filter((line) => !line.includes(" 127.0.0.1 "))).toEqual([]);
  });

  it.each([
    ["0 111", /SAVPF 0\r\n/, /^a=rtpmap:0 PCMU\/8000/m, /opus/i],
    ["111 0", /SAVPF 111\r\n/, /^a=rtpmap:111 opus\/48000\/2\r$/im, /PCMU|stereo/i],
  ])("answers %s with its first alone, and no telephone-event", async (order, line, codec, other) => {
    const [near, far] = [await aLeg(), await aLeg()];
    const answer = await far.answer((await near.offer()).replace("SAVPF 0 111", `SAVPF ${order}`));
    expect(answer).toMatch(line);
    expect(answer).toMatch(codec);
    expect(answer).not.toMatch(other);
    expect(answer).not.toContain("telephone-event");
  });

  it("connects only after the browser's description, so that no packet comes before it", async () => {
    const { default: library } = await import("node-datachannel");
    const happened: string[] = [];
    class PeerConnection extends library.PeerConnection {
      constructor(...given: ConstructorParameters<typeof library.PeerConnection>) {
        happened.push("connection");
        super(...given);
      }
    }
    const far = await aLeg();
    const near = createWebrtcLeg({ ...library, PeerConnection }, await createCertificate(), "near");
    closers.push(() => near.close());
    const answer = await far.answer(await near.offer());
    happened.push("answer");
    near.accept(answer);
    expect(happened).toEqual(["answer", "connection"]);
    expect(await heardFrom(far, near, 1000)).toBeCloseTo(1000, -2);
  });

  it("ignores sound after it was closed, because the mixer may still send some", async () => {
    const { near, far } = await pair();
    await heardFrom(near, far, 1000);
    const maker = createLegMaker("webrtc");
    const gone = await maker.make();
    await gone.offer();
    gone.close();
    gone.port.send(level(1000));
    const closed = maker.close();
    expect(await heardFrom(far, near, 1000)).toBeCloseTo(1000, -2);
    near.close();
    far.close();
    await closed;
  });

  it("refuses an answer without an open offer, and still works", async () => {
    const { near, far } = await pair();
    expect(() => near.accept("nonsense")).toThrow(/no open offer/);
    expect(await heardFrom(far, near, 1000)).toBeCloseTo(1000, -2);
  });

  it("refuses an invalid session description, and can be closed", async () => {
    const leg = await aLeg();
    await leg.offer();
    expect(() => leg.accept("nonsense")).toThrow();
  });
});

describe("a leg over WebRTC that speaks Opus", () => {
  /** Two legs of which one prefers Opus, as the SDK's `codecPreferences` do: in the offer that it reads, or in its own. */
  async function opusPair(): Promise<{ near: Leg; far: Leg }> {
    const [near, far] = [await aLeg(), await aLeg()];
    const answer = await far.answer((await near.offer()).replace("SAVPF 0 111", "SAVPF 111 0"));
    near.accept(answer);
    return { near, far };
  }

  /** What the listener hears of a tone, when it has heard half a second. */
  function loudnessFrom(speaker: Leg, listener: Leg): Promise<number> {
    const whistle = repeated(clipOf(steadyTones([930], 1000, 0.3)), 0).start();
    const samples: number[] = [];
    return new Promise((resolve) => {
      const timer = setInterval(() => speaker.port.send(whistle.next()!), 20);
      listener.port.onFrame((frame) => {
        samples.push(...frame);
        if (samples.length < 6000) return;
        clearInterval(timer);
        listener.port.onFrame(() => {});
        resolve(loudnessAt(930, samples.slice(2000)));
      });
    });
  }

  it("carries a voice both ways", async () => {
    const { near, far } = await opusPair();
    expect(await loudnessFrom(near, far)).toBeGreaterThan(-20);
    expect(await loudnessFrom(far, near)).toBeGreaterThan(-20);
  });

  it("ignores sound after it was closed", async () => {
    const { near, far } = await opusPair();
    await loudnessFrom(near, far);
    far.close();
    expect(() => far.port.send(level(1000))).not.toThrow();
    expect(() => near.port.send(level(1000))).not.toThrow();
  });
});

describe("a leg without media", () => {
  it("describes itself like any other", async () => {
    const leg = await createLegMaker("none").make();
    const offer = await leg.offer();
    const answer = await leg.answer(offer.replace("a=mid:0", "a=mid:audio"));
    expect(iceUfrag(offer)).toBeTruthy();
    expect(iceUfrag(answer)).not.toBe(iceUfrag(offer));
    expect(answer).toContain("a=mid:audio\r\n");
    expect(answer).toContain("SAVPF 0\r\n");
    expect(await leg.answer(offer.replace("SAVPF 0 111", "SAVPF 111 0"))).toContain("SAVPF 111\r\n");
  });
});
