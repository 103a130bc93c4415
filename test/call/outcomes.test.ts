import { describe, expect, it } from "vitest";
import type { Label } from "../../src/call/types.ts";
import { CONFERENCE, type Scene, named, sidOf, talking } from "./support/scene.ts";

const COMPLETED = { kind: "completed" };
const about = (label: string) => ({ label: label as Label, callSid: sidOf(label) });

/** Twilio reports that a leg has left, and not why. */
const isOut = (s: Scene, label: string) =>
  s.tell({ kind: "participant-left", at: s.now, ...about(label), conference: CONFERENCE });

function ringing(): Scene {
  const s = talking();
  s.transfers("agent1", "agent2");
  s.rings("agent2-1");
  s.passes(5_000);
  return s;
}

function together(): Scene {
  const s = ringing();
  s.joins("agent2-1");
  s.passes(5_000);
  return s;
}

describe("a transfer is completed", () => {
  it("if agent2 joins in the second in which the customer, whom agent1 has left, hangs up", () => {
    const s = ringing();
    s.hangsUp("agent1-1");
    s.passes(5_000);
    s.joins("agent2-1");
    s.leaves("customer");
    expect(s.outcomes()).toEqual([COMPLETED]);
  });

  it("if we let agent1 go, and the customer hangs up before agent1's leg is hung up", () => {
    const s = together();
    s.asks({ kind: "complete-transfer", by: null });
    s.leaves("customer");
    s.leaves("agent1-1", "conference-ended");
    expect(s.outcomes()).toEqual([COMPLETED]);
  });

  it("if agent1 leaves before the customer does, and Twilio does not report why", () => {
    const s = together();
    isOut(s, "agent1-1");
    s.passes(1_000);
    s.leaves("customer");
    expect(s.outcomes()).toEqual([COMPLETED]);
    expect(s.record.transfers).toMatchObject([{ phase: "ended" }]);
  });

  it("if agent2 joins, in a record of 0.1.0 without a starter", () => {
    const s = ringing();
    const transfers = s.record.transfers.map((transfer) => ({ ...transfer, from: null, starter: null }));
    const joined = { kind: "participant-joined", at: s.now, ...about("agent2-1") } as const;
    const after = s.decides({ ...s.record, transfers }, { ...joined, conference: CONFERENCE });
    expect(after.transfers).toMatchObject([{ outcome: COMPLETED, endedAt: s.now }]);
  });
});

it("agent2, who answered and hung up at once, was reached, whatever Twilio reports besides", () => {
  for (const isAnsweredFirst of [true, false]) {
    const s = together();
    const leaves = [() => s.leaves("agent2-1"), () => s.doesNotTake("agent2-1", "no-answer")];
    for (const report of isAnsweredFirst ? leaves : leaves.toReversed()) report();
    expect(s.leg("agent2-1").end).toEqual({ answered: true });
  }
});

describe("a transfer to agent2, who does not join,", () => {
  it("stays open until Twilio reports how agent2's call ended", () => {
    const s = ringing();
    isOut(s, "agent2-1");
    s.passes(6_000);
    s.wakes();
    expect(s.outcomes()).toEqual([null]);
    s.doesNotTake("agent2-1", "busy");
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "busy" }]);
  });

  it("is cancelled by the operator who ends the call, although Twilio's second began before that", () => {
    const s = ringing();
    s.passes(700);
    s.asks({ kind: "end-call", by: null });
    const end = { answered: false, reason: "cancelled" } as const;
    s.tell({ kind: "leg-ended", at: s.now - 700, ...about("agent2-1"), end });
    expect(s.outcomes()).toEqual([{ kind: "cancelled" }]);
  });

  it("fails for the reason that says most, whichever callback is first", () => {
    for (const reasons of [
      ["no-answer", "declined"],
      ["declined", "no-answer"],
    ] as const) {
      const s = ringing();
      for (const reason of reasons) s.doesNotTake("agent2-1", reason);
      expect(s.outcomes()).toEqual([{ kind: "failed", reason: "declined" }]);
    }
  });

  it("does not fail if the dial seems to have failed after the phone rang", () => {
    const s = ringing();
    s.tell({ kind: "dial-failed", at: s.now, label: s.leg("agent2-1").label, reason: "error" });
    expect(s.outcomes()).toEqual([null]);
  });
});

it("a target who joins in the second in which the customer hangs up leaves with the conference", () => {
  const s = ringing();
  s.joins("agent2-1");
  s.actions();
  s.leaves("customer");
  expect(named(s.actions())).toEqual(["end-conference"]);
});
