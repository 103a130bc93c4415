import { describe, expect, it } from "vitest";
import { createClipLibrary } from "../../src/media/clip-library.ts";
import { framesOf, loudnessAt, samplesOf } from "./listening.ts";

const library = createClipLibrary();

const loudest = (samples: readonly number[]): number => Math.max(...samples.map(Math.abs));

describe("the clip library", () => {
  it("plays a sentence as a chime and then quiet, for about the length of speech", () => {
    const clip = library.say("Thank you for calling. An agent will be with you shortly.", "en-US");
    expect(clip.durationMs).toBeGreaterThan(3000);
    expect(clip.durationMs).toBeLessThan(5000);
    const samples = samplesOf(framesOf(clip));
    expect(samples.length / 8).toBeCloseTo(clip.durationMs, -2);
    expect(loudest(samples.slice(0, 4000))).toBeGreaterThan(3000);
    expect(loudest(samples.slice(4000))).toBe(0);
  });

  it("takes longer for each character of Japanese", () => {
    const japanese = library.say("お電話ありがとうございます。", "ja-JP");
    const letters = library.say("abcdefghijklmn", "en-US");
    expect(japanese.durationMs).toBeGreaterThan(1.5 * letters.durationMs);
  });

  it("has an empty clip for an empty sentence", () => {
    const clip = library.say("  ", "en-US");
    expect(clip.durationMs).toBe(0);
    expect(framesOf(clip)).toEqual([]);
  });

  it("plays keys as the two tones of ITU-T Q.23, and waits at w", () => {
    const clip = library.digits("5w#");
    expect(clip.durationMs).toBe(200 + 500 + 200);
    const samples = samplesOf(framesOf(clip));
    const [five, hash] = [samples.slice(80, 880), samples.slice(5680, 6480)];
    for (const hz of [770, 1336]) expect(loudnessAt(hz, five)).toBeGreaterThan(-20);
    for (const hz of [941, 1477]) {
      expect(loudnessAt(hz, hash)).toBeGreaterThan(-20);
      expect(loudnessAt(hz, five)).toBeLessThan(-30);
    }
  });

  it("has music that never clips and is never quiet for long", () => {
    const samples = samplesOf(framesOf(library.music()));
    expect(loudest(samples)).toBeLessThan(32_000);
    for (let at = 0; at + 4000 < samples.length; at += 4000)
      expect(loudest(samples.slice(at, at + 4000))).toBeGreaterThan(800);
  });

  it("repeats a clip a given number of times, and endlessly for 0", () => {
    const twice = library.loop(library.digits("1"), 2);
    expect(twice.durationMs).toBe(400);
    expect(framesOf(twice)).toHaveLength(20);
    const endless = library.loop(library.music(), 0);
    expect(endless.durationMs).toBe(Number.POSITIVE_INFINITY);
    expect(framesOf(endless, 2000)).toHaveLength(2000);
  });

  it("does not repeat an empty clip endlessly", () => {
    expect(framesOf(library.loop(library.say("", "en-US"), 0))).toEqual([]);
  });

  it("lets two people hear the same clip, each from its beginning", () => {
    const clip = library.music();
    const first = clip.start();
    first.next();
    const late = clip.start().next();
    expect(late).toEqual(framesOf(clip, 1)[0]);
  });
});
