import { describe, expect, it } from "vitest";
import { type ToneLevel, HEARD_DB, MUSIC, NOT_HEARD_DB, problemsIn } from "../../src/cli/play/hearing.ts";
import { hearingTable, whoHearsWhom } from "../../src/cli/play/hearing-words.ts";

const LOUD = -12;
const QUIET = -70;
const PEOPLE = ["customer", "agent1", "agent2"];

/** What three people hear when these ordered pairs, listener first, are heard and nothing else is. */
function room(...heard: string[]): ToneLevel[] {
  return PEOPLE.flatMap((listener) =>
    PEOPLE.map((speaker) => ({
      listener,
      speaker,
      db: heard.includes(`${listener} ${speaker}`) ? LOUD : QUIET,
    })),
  );
}

const TALK = [["customer", "agent1"]] as const;

describe("the judge of who hears whom", () => {
  it("finds no fault when the two hear each other and no one else", () => {
    expect(problemsIn(room("customer agent1", "agent1 customer"), TALK)).toEqual([]);
  });

  it("reports a voice that does not arrive", () => {
    expect(problemsIn(room("agent1 customer"), TALK)).toEqual([
      "customer should hear agent1, and measured -70 dB",
    ]);
  });

  it("reports a person who listens in", () => {
    const measured = room("customer agent1", "agent1 customer", "agent2 customer");
    expect(problemsIn(measured, TALK)).toEqual(["agent2 should not hear customer, and measured -12 dB"]);
  });

  it("reports an echo", () => {
    const measured = room("customer agent1", "agent1 customer", "agent1 agent1");
    expect(problemsIn(measured, TALK)).toEqual(["agent1 should not hear an echo, and measured -12 dB"]);
  });

  it("reports unexpected music, and silence in place of music", () => {
    const music = (db: number) => [...room(), { listener: "customer", speaker: MUSIC, db }];
    expect(problemsIn(music(LOUD), [])).toEqual(["customer should not hear music, and measured -12 dB"]);
    expect(problemsIn(music(QUIET), [["customer", MUSIC]])).toEqual([
      "customer should hear music, and measured -70 dB",
    ]);
    expect(problemsIn(music(LOUD), [["customer", MUSIC]])).toEqual([]);
  });

  it("reports a level that is neither loud nor quiet, whatever was expected", () => {
    const between = [{ listener: "customer", speaker: "agent1", db: (HEARD_DB + NOT_HEARD_DB) / 2 }];
    expect(problemsIn(between, TALK)).toHaveLength(1);
    expect(problemsIn(between, [])).toHaveLength(1);
  });
});

describe("the words for who hears whom", () => {
  it("name pairs, the customer first, and each person who hears no one", () => {
    const measured = room("customer agent1", "agent1 customer");
    expect(whoHearsWhom(measured)).toBe("customer <-> agent1, agent2 hears nobody");
  });

  it("show that only one of two hears the other", () => {
    expect(whoHearsWhom(room("customer agent1"))).toContain("customer hears agent1 only one way");
  });

  it("name each person who hears music", () => {
    const measured = [...room(), { listener: "customer", speaker: MUSIC, db: LOUD }];
    expect(whoHearsWhom(measured)).toMatch(/^customer hears music, /);
  });

  it("are a table of decibels, without rows when nothing was measured", () => {
    expect(hearingTable(room("customer agent1"))[1]).toMatch(/^customer +– +-12 dB +-70 dB$/);
    expect(hearingTable([])).toEqual([]);
  });
});
