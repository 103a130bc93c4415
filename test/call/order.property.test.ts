import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../src/call/rules/decide.ts";
import { storyOf } from "../../src/call/story.ts";
import type { Fact, SurveyedFact } from "../../src/call/inputs.ts";
import { mergeSurveys } from "../../src/call/rules/survey.ts";
import type { CallRecord } from "../../src/call/types.ts";
import type { Policy } from "../../src/call/decision.ts";
import { HISTORIES, play } from "./support/histories.ts";
import { SETTINGS, START, agentId } from "./support/scene.ts";

/** Nobody else is free, so that what is dialled does not depend on when we learn what. */
const POLICY: Policy = {
  agents: ["agent1", "agent2", "agent3"].map(agentId),
  free: [],
  signedIn: [],
  ...SETTINGS,
};

function after(done: CallRecord, facts: readonly Fact[]): Omit<CallRecord, "revision"> {
  const { revision: _, ...record } = facts.reduce(
    (record, fact) => decide(record, fact, POLICY, START + 30_000).record,
    done,
  );
  return record;
}

/** The facts in some order, some of them more than once. */
function deliveries(facts: readonly Fact[]): fc.Arbitrary<Fact[]> {
  return fc
    .array(fc.constantFrom(...facts), { maxLength: 6 })
    .map((repeated) => [...facts, ...repeated])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));
}

/** Some callbacks of a leg's end come from its call, later than those of the conference. */
function withLag(facts: readonly Fact[], lag: number): Fact[] {
  return facts.map((fact) => (fact.kind === "leg-ended" ? { ...fact, at: fact.at + lag } : fact));
}

const TWILIO_LISTS = new Set<Fact["kind"]>([
  "leg-dialled",
  "leg-ringing",
  "leg-ended",
  "participant-joined",
  "conference-ended",
]);

/** Some facts are told by callbacks, some are found in Twilio's lists, together with others or alone, some both. */
function withSurveys(facts: readonly Fact[]): fc.Arbitrary<Fact[]> {
  const listed = facts.filter(({ kind }) => TWILIO_LISTS.has(kind)) as SurveyedFact[];
  const seconds = fc.integer({ min: 0, max: 40 });
  const survey = fc.tuple(fc.subarray(listed), seconds).map(([found, after]): Fact => ({
    kind: "twilio-surveyed",
    at: START + after * 1000,
    found: mergeSurveys([{ facts: found }]),
  }));
  const told = fc.subarray([...facts], { minLength: Math.ceil(facts.length / 2) });
  return fc.tuple(told, fc.array(survey, { maxLength: 3 })).map(([some, surveys]) => [...some, ...surveys]);
}

describe("the same facts in any order, with any repeats, end in the same record", () => {
  it.each(Object.entries(HISTORIES))("after %s", (_, history) => {
    const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 3, maxLength: 8 });
    const cases = fc.tuple(pauses, fc.constantFrom(0, 1_000, 2_000)).chain(([times, lag]) => {
      const { done, facts } = play(history, times);
      return withSurveys(withLag(facts, lag)).chain((inOrder) =>
        fc.record({
          done: fc.constant(done),
          inOrder: fc.constant(inOrder),
          delivered: deliveries(inOrder),
        }),
      );
    });
    fc.assert(
      fc.property(cases, ({ done, inOrder, delivered }) => {
        const expected = after(done, inOrder);
        expect(after(done, delivered)).toEqual(expected);
        expect(storyOf({ ...after(done, delivered), revision: 0 })).toEqual(
          storyOf({ ...expected, revision: 0 }),
        );
      }),
      { numRuns: 70 },
    );
  });

  it("that record has an outcome", () => {
    const outcomes = Object.fromEntries(
      Object.entries(HISTORIES).map(([name, history]) => {
        const { done, facts } = play(history, [2_000]);
        return [name, after(done, facts).transfers.map(({ outcome }) => outcome?.kind)];
      }),
    );
    expect(outcomes).toEqual({
      "a completed transfer": ["completed"],
      "a completed transfer that the target ends": ["completed"],
      "a transfer that goes on to a third agent": ["completed", "completed"],
      "a customer who hangs up while all three talk": ["abandoned"],
      "a target who declines, and the call goes on": ["failed"],
      "a target who does not answer, and agent1 hangs up": ["failed"],
      "a customer who abandons a transfer": ["abandoned"],
      "agent1 who leaves early, and a target who joins": ["completed"],
      "agent1 who leaves early, and a target who declines": ["failed"],
      "a transfer that is cancelled while the target answers": ["cancelled"],
      "agent1 on hold, who leaves": ["completed"],
      "a target whom an operator removes": ["cancelled"],
      "a first agent whom an operator removes": ["completed"],
      "an outside party who takes the call over and hangs up": ["failed", "completed"],
      "an answering machine": ["failed", "failed"],
      "a customer who leaves a message": ["failed"],
      "a customer who gives up waiting": [],
    });
  });
});
