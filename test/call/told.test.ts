import { describe, expect, it } from "vitest";
import type { Survey } from "../../src/call/inputs.ts";
import type { Action, CallRecord, Leg } from "../../src/call/types.ts";
import { applySurvey, recordFailure } from "../../src/call/rules/told.ts";
import { isWaiting } from "../../src/call/rules/waiting.ts";
import { reachedTimeLimit } from "../../src/call/rules/ending.ts";
import { CALL, CONFERENCE, START, sidOf, talking } from "./support/scene.ts";

const LABEL = talking().leg("agent1-1").label;
const NOBODY_SHOWN: Survey = {
  facts: [],
  participants: [],
  alive: [],
  unknown: [],
  conferenceIsLive: true,
  conferenceHasStarted: true,
};

/** The customer and agent1 talk, and Twilio was told this of agent1's leg. */
function withTold(told: Partial<Leg["told"]>): CallRecord {
  const { record } = talking();
  const legs = record.legs.map((leg) =>
    leg.label === LABEL ? { ...leg, told: { ...leg.told, ...told } } : leg,
  );
  return { ...record, legs };
}

const legOf = (record: CallRecord): Leg | undefined => record.legs.find(({ label }) => label === LABEL);

describe("a hang-up that fails", () => {
  const hangUp: Action = {
    kind: "hang-up",
    label: LABEL,
    callSid: sidOf("agent1-1"),
    onlyIfUnanswered: false,
  };

  it.each(["no", "gone"] as const)("changes nothing if Twilio was told %s meanwhile", (hungUp) => {
    const record = withTold({ hungUp });
    expect(legOf(recordFailure(record, hangUp, START))).toEqual(legOf(record));
  });

  it("is tried again after 500 ms, and after 1 s if it fails once more", () => {
    const once = recordFailure(withTold({ hungUp: "joined" }), hangUp, START);
    expect(legOf(once)?.told.hungUp).toBe("no");
    expect(legOf(once)?.retries?.hungUp).toEqual({ value: false, attempts: 1, from: START + 500 });
    const legs = once.legs.map((leg) => ({ ...leg, told: { ...leg.told, hungUp: "joined" as const } }));
    expect(legOf(recordFailure({ ...once, legs }, hangUp, START))?.retries?.hungUp).toEqual({
      value: false,
      attempts: 2,
      from: START + 1_000,
    });
  });
});

describe("an end of the conference that fails", () => {
  it("changes nothing if Twilio was not told to end it", () => {
    const record = { ...talking().record, toldToEnd: false };
    expect(recordFailure(record, { kind: "end-conference" }, START)).toEqual(record);
  });

  it("is tried again later each time", () => {
    const once = recordFailure({ ...talking().record, toldToEnd: true }, { kind: "end-conference" }, START);
    const twice = recordFailure({ ...once, toldToEnd: true }, { kind: "end-conference" }, START);
    expect([once.toldToEnd, once.endRetry, twice.endRetry]).toEqual([
      false,
      { value: true, attempts: 1, from: START + 500 },
      { value: true, attempts: 2, from: START + 1_000 },
    ]);
  });
});

describe("a survey", () => {
  const settings = { label: LABEL, onHold: false, endsConference: false, muted: true };

  it("of a participant whose call is not listed says nothing about its hang-up", () => {
    const found = { ...NOBODY_SHOWN, participants: [settings] };
    const shown = legOf(applySurvey(withTold({ hungUp: "joined" }), found, START));
    expect([shown?.told.hungUp, shown?.told.muted]).toEqual(["joined", true]);
  });

  it("of a call that is still up takes its hang-up back", () => {
    const shown = legOf(
      applySurvey(withTold({ hungUp: "joined" }), { ...NOBODY_SHOWN, alive: [LABEL] }, START),
    );
    expect(shown?.told.hungUp).toBe("no");
  });
});

it("a conference that Twilio reports as ended twice ended at the earlier time", () => {
  for (const [first, second] of [
    [2_000, 1_000],
    [1_000, 2_000],
  ] as const) {
    const s = talking();
    for (const ms of [first, second])
      s.tell({ kind: "conference-ended", at: s.now + ms, conference: CONFERENCE, endedBy: null });
    expect(s.record.conferenceEnd?.at).toBe(s.now + 1_000);
  }
});

it("a customer who has left waits for nobody", () => {
  const s = talking();
  const { record } = s;
  const legs = record.legs.map((leg): Leg => {
    if (leg.role === "customer") return { ...leg, state: "left" };
    return { ...leg, state: "left", dismissedAt: s.now };
  });
  expect(isWaiting({ ...record, legs })).toBe(false);
  const waits = legs.map((leg): Leg => (leg.role === "customer" ? { ...leg, state: "joined" } : leg));
  expect(isWaiting({ ...record, legs: waits })).toBe(true);
});

it("a call without a time limit, from a record of 0.1.0, never ends by it", () => {
  const { timeLimit, ...record } = talking().record;
  const limit = START + (timeLimit ?? 0) * 1_000;
  expect([record.id, reachedTimeLimit(record as CallRecord, limit)]).toEqual([CALL, false]);
  expect(reachedTimeLimit({ ...record, timeLimit: timeLimit ?? 0 }, limit)).toBe(true);
});
