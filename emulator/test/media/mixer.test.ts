import { describe, expect, it, onTestFinished, vi } from "vitest";
import { clipOf } from "../../src/media/clip.ts";
import { createMixer } from "../../src/media/mixer.ts";
import { createMixingDesk } from "../../src/media/mixing-desk.ts";
import type { AudioPort, Frame } from "../../src/media/port.ts";
import { level } from "./listening.ts";

/** A far end whose voice is one steady value, so that a sum shows who is in it. */
function voice(value: number): AudioPort & { speak(): void; heard: number[] } {
  let receive: (frame: Frame) => void = () => {};
  const heard: number[] = [];
  return {
    heard,
    speak: () => receive(level(value)),
    onFrame: (next) => void (receive = next),
    send: (frame) => void heard.push(frame[0]!),
    close() {},
  };
}

function room(...values: number[]) {
  const desk = createMixingDesk();
  const people = values.map(voice);
  const seats = people.map((person) => desk.seat(person));
  for (const seat of seats) seat.room = "one";
  const talk = (ticks = 1): void => {
    for (let i = 0; i < ticks; i++) {
      for (const person of people) person.speak();
      desk.tick();
    }
  };
  talk(2);
  return { desk, people, seats, talk, hears: () => people.map((person) => person.heard.at(-1)) };
}

describe("the mixing desk", () => {
  it("lets each person hear all others and not themselves", () => {
    expect(room(1, 20, 300).hears()).toEqual([320, 301, 21]);
  });

  it("separates rooms, and people in no room from everyone", () => {
    const { seats, talk, hears } = room(1, 20, 300, 4000);
    seats[2]!.room = "two";
    seats[3]!.room = null;
    talk();
    expect(hears()).toEqual([20, 1, 0, 0]);
  });

  it("drops a muted person's sound", () => {
    const { seats, talk, hears } = room(1, 20, 300);
    seats[1]!.muted = true;
    talk(3);
    expect(hears()).toEqual([300, 301, 1]);
    seats[1]!.muted = false;
    talk();
    expect(hears()).toEqual([320, 301, 21]);
  });

  it("gives a deaf person silence, while the others hear that person", () => {
    const { seats, talk, hears } = room(1, 20, 300);
    seats[0]!.deaf = true;
    talk();
    expect(hears()).toEqual([0, 301, 21]);
  });

  it("plays a sound to one person in place of the others, then goes back to them", () => {
    const { people, seats, talk, hears } = room(1, 20);
    seats[0]!.play(clipOf(Int16Array.from({ length: 320 }, () => 7)).start());
    talk();
    expect(hears()).toEqual([7, 1]);
    talk(2);
    expect(people[0]!.heard.slice(-3)).toEqual([7, 7, 20]);
  });

  it("stops a sound at once", () => {
    const { seats, talk, hears } = room(1, 20);
    seats[0]!.play(clipOf(Int16Array.from({ length: 8000 }, () => 7)).start());
    talk();
    seats[0]!.play(undefined);
    talk();
    expect(hears()).toEqual([20, 1]);
  });

  it("lets a room fall silent, and speak again without what it said before", () => {
    const { desk, people, talk, hears } = room(1, 20);
    for (let i = 0; i < 10; i++) desk.tick();
    expect(hears()).toEqual([0, 0]);
    for (let i = 0; i < 3; i++) {
      people[1]!.speak();
      desk.tick();
    }
    expect(hears()).toEqual([20, 0]);
    talk(3);
    expect(hears()).toEqual([20, 1]);
  });

  it("clips loud sums", () => {
    expect(room(30_000, 30_000, -30_000, 30_000).hears()).toEqual([30_000, 30_000, 32_767, 30_000]);
  });

  it("forgets people who have left", () => {
    const { seats, talk, hears, desk } = room(1, 20, 300);
    seats[2]!.leave();
    talk();
    expect(hears().slice(0, 2)).toEqual([20, 1]);
    expect(desk.size).toBe(2);
  });

  it("switches to a person's new media and drops the old", () => {
    const { desk, people, seats } = room(1, 20);
    const reloaded = voice(5);
    seats[0]!.replacePort(reloaded);
    for (let i = 0; i < 3; i++) {
      for (const person of [...people, reloaded]) person.speak();
      desk.tick();
    }
    expect(people[1]!.heard.at(-1)).toBe(5);
    expect(reloaded.heard.at(-1)).toBe(20);
    const before = people[0]!.heard.length;
    desk.tick();
    expect(people[0]!.heard).toHaveLength(before);
  });

  it("waits for two frames before it plays, and keeps at most eight", () => {
    const desk = createMixingDesk();
    const [speaker, listener] = [voice(9), voice(0)];
    for (const person of [speaker, listener]) desk.seat(person).room = "one";
    speaker.speak();
    desk.tick();
    expect(listener.heard).toEqual([0]);
    for (let i = 0; i < 20; i++) speaker.speak();
    for (let i = 0; i < 12; i++) desk.tick();
    expect(listener.heard.filter((sample) => sample === 9)).toHaveLength(8);
  });
});

describe("the mixer's clock", () => {
  it("sends every seat a frame each 20 ms, without drift", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const mixer = createMixer();
    const listener = voice(0);
    const busyForMs = 3;
    mixer.seat({
      ...listener,
      send() {
        listener.heard.push(0);
        vi.advanceTimersByTime(busyForMs);
      },
    });
    const end = performance.now() + 1_000;
    while (performance.now() < end) vi.advanceTimersByTime(1);
    expect(listener.heard).toHaveLength(50);
    expect(mixer.stats()).toMatchObject({ ticks: 50, late: 0, skipped: 0 });
    mixer.close();
  });
});
