import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginCall, decide } from "../../src/call/rules/decide.ts";
import { legOf } from "../../src/call/legs.ts";
import { storyOf } from "../../src/call/story.ts";
import { createTwilioClock, dateInput } from "../../src/call/running/timing.ts";
import type { Fact } from "../../src/call/inputs.ts";
import type { CallRecord, Label } from "../../src/call/types.ts";
import type { Policy } from "../../src/call/decision.ts";
import { pastCall } from "../../src/server/views/past-call.ts";
import { CALL, CONFERENCE, SETTINGS, START, agentId, sidOf, talking } from "./support/scene.ts";

const HOUR = 3_600_000;
const POLICY: Policy = {
  agents: [agentId("agent1")],
  free: [agentId("agent1")],
  signedIn: [agentId("agent1")],
  ...SETTINGS,
};

interface Event {
  /** What Twilio dates it by: its own clock, cut to whole seconds. */
  happened: number;
  /** Until its callback is here. */
  delay: number;
  fact: Fact;
}

/** A customer waits, talks to agent1 and hangs up. Times are Twilio's; ours is ahead by `skew`. */
function callAt(skew: number, [dialled, waited, talked]: number[], delays: number[]): CallRecord {
  const begins = { kind: "customer-called", at: START + skew, call: CALL, number: "+15550100" } as const;
  let record = beginCall(begins, POLICY, START + skew).record;
  const about = (label: string) => ({ label: label as Label, callSid: sidOf(label) });
  const joined = START + (waited ?? 0);
  const ended = joined + (talked ?? 0);
  const at = 0;
  const kinds: [number, Fact][] = [
    [START + 150, { kind: "participant-joined", at, ...about("customer"), conference: CONFERENCE }],
    [START + (dialled ?? 0), { kind: "leg-ringing", at, ...about("agent1-1") }],
    [joined, { kind: "participant-joined", at, ...about("agent1-1"), conference: CONFERENCE }],
    [
      ended,
      { kind: "participant-left", at, ...about("customer"), conference: CONFERENCE, because: "hung-up" },
    ],
    [ended, { kind: "leg-ended", at, ...about("agent1-1"), end: { answered: true } }],
  ];
  const events = kinds.map(([happened, fact], index): Event => {
    return { happened, delay: delays[index] ?? 50, fact };
  });
  const clock = createTwilioClock();
  for (const { happened, delay, fact } of events.toSorted(
    (a, b) => a.happened + a.delay - b.happened - b.delay,
  )) {
    const now = happened + delay + skew;
    const stamp = Math.floor(happened / 1_000) * 1_000;
    record = decide(record, dateInput({ ...fact, at: now, stamp }, record, clock), POLICY, now).record;
  }
  return record;
}

const skews = fc.oneof(
  fc.constantFrom(0, HOUR, -HOUR, 48 * HOUR, -48 * HOUR),
  fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
);
const parts = fc.tuple(
  fc.integer({ min: 160, max: 900 }),
  fc.integer({ min: 1_000, max: 600_000 }),
  fc.integer({ min: 0, max: 600_000 }),
);
const delays = fc.array(fc.integer({ min: 5, max: 900 }), { minLength: 5, maxLength: 5 });

describe("with our clock and Twilio's apart", () => {
  it("waits and talks keep their lengths, within Twilio's second and a callback's delay", () => {
    fc.assert(
      fc.property(skews, parts, delays, (skew, [dialled, waited, talked], delays) => {
        const past = pastCall(callAt(skew, [dialled, waited, talked], delays), (id) => id);
        expect(Math.abs(past.waitedMs - waited)).toBeLessThanOrEqual(2_000);
        expect(Math.abs(past.talkedMs - talked)).toBeLessThanOrEqual(2_000);
        expect(Math.abs(past.endedAt - past.startedAt - waited - talked)).toBeLessThanOrEqual(2_000);
      }),
      { numRuns: 500 },
    );
  });

  it("no event precedes its call, and none of a leg precedes its dial, whatever the delays", () => {
    const late = fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(skews, parts, late, (skew, times, delays) => {
        const record = callAt(skew, times, delays);
        const { startedAt } = record;
        for (const { ringingAt, joinedAt, leftAt } of record.legs)
          for (const at of [ringingAt, joinedAt, leftAt, record.endedAt])
            expect(at ?? startedAt).toBeGreaterThanOrEqual(startedAt);
        for (const { at, label } of storyOf(record))
          expect(at).toBeGreaterThanOrEqual(legOf(record, label)?.dialledAt ?? startedAt);
      }),
      { numRuns: 500 },
    );
  });

  it("events of one second at Twilio get the same time: agent2 joins as agent1 leaves", () => {
    const s = talking();
    s.passes(300);
    s.transfers("agent1", "agent2");
    const clock = createTwilioClock();
    const stamp = Math.floor(s.now / 1_000) * 1_000;
    const hears = (fact: Fact): void => {
      s.passes(50);
      s.tell(dateInput({ ...fact, at: s.now, stamp }, s.record, clock));
    };
    const about = (label: string) => ({ at: 0, label: label as Label, callSid: sidOf(label) });
    hears({ kind: "participant-joined", ...about("agent2-1"), conference: CONFERENCE });
    hears({ kind: "participant-left", ...about("agent1-1"), conference: CONFERENCE, because: "hung-up" });
    hears({ kind: "participant-left", ...about("customer"), conference: CONFERENCE, because: "hung-up" });
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
  });
});

describe("the difference to Twilio's clock", () => {
  it.each([
    ["is 0 while all events fit equal clocks", [[START, START - 300, START + 400]], 0],
    ["ignores a late callback", [[START, START - 300, START + 90_000]], 0],
    ["is known when ours is an hour ahead", [[START, START + HOUR - 300, START + HOUR + 90]], HOUR],
    ["is known when ours is an hour behind", [[START, START - HOUR - 300, START - HOUR + 90]], -HOUR],
    [
      "is 0 after ours was an hour ahead and was set",
      [
        [START, START + HOUR - 300, START + HOUR + 90],
        [START + 5_000, START + 4_900, START + 5_100],
      ],
      0,
    ],
    ["ignores a record from the future", [[START, START + HOUR, START + 90]], 0],
  ] as const)("%s", (_, events, ahead) => {
    const clock = createTwilioClock();
    for (const [stamp, after, now] of events) clock.learn(stamp, after, now);
    expect(clock.ahead()).toBe(ahead);
  });
});
