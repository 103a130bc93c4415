import { describe, expect, it } from "vitest";
import { RING_SECONDS, named, sidOf, talking } from "./support/scene.ts";

const COMPLETED = { kind: "completed" };

describe("a transfer", () => {
  it("dials the target, who may leave again while agent1 is there", () => {
    const s = talking();
    expect(s.transfers("agent1", "agent2")).toBeNull();
    expect(named(s.actions())).toEqual(["dial agent2-1"]);
    expect(s.leg("agent2-1").endsConference).toBe(false);
    expect(s.record.transfers).toMatchObject([{ from: "agent1", to: "agent2", target: "agent2-1" }]);
  });

  it("is open while all three talk, and completes when agent1 leaves", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    expect(s.outcomes()).toEqual([null]);
    s.actions();
    s.leaves("agent1-1");
    expect(s.outcomes()).toEqual([COMPLETED]);
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true"]);
    expect(s.record.endedAt).toBeNull();
  });

  it("dials once, even after two clicks", () => {
    const s = talking();
    expect(s.transfers("agent1", "agent2")).toBeNull();
    expect(s.transfers("agent1", "agent2")).toBeNull();
    s.answers("agent2-1");
    expect(s.transfers("agent1", "agent2")).toBeNull();
    expect(named(s.actions())).toEqual(["dial agent2-1"]);
    expect(s.record.transfers).toHaveLength(1);
  });

  it("may follow from agent2 to agent3", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.leaves("agent1-1");
    s.actions();
    expect(s.transfers("agent2", "agent3")).toBeNull();
    s.answers("agent3-1");
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 false", "dial agent3-1"]);
    s.leaves("agent2-1");
    expect(s.outcomes()).toEqual([COMPLETED, COMPLETED]);
    expect(s.record.endedAt).toBeNull();
  });

  it("may follow back to agent1, on a new leg", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.leaves("agent1-1");
    s.actions();
    expect(s.transfers("agent2", "agent1")).toBeNull();
    s.answers("agent1-2");
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 false", "dial agent1-2"]);
  });

  it.each(["declined", "no-answer", "unreachable"] as const)(
    "(%s) leaves customer and agent1 talking, and agent1 may try agent3",
    (reason) => {
      const s = talking();
      s.transfers("agent1", "agent2");
      s.rings("agent2-1");
      s.actions();
      s.doesNotTake("agent2-1", reason);
      expect(s.outcomes()).toEqual([{ kind: "failed", reason }]);
      expect(s.actions()).toEqual([]);
      expect(s.transfers("agent1", "agent3")).toBeNull();
      expect(named(s.actions())).toEqual(["dial agent3-1"]);
    },
  );

  it("fails when the dial fails", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.tell({ kind: "dial-failed", at: s.now, label: s.leg("agent2-1").label, reason: "error" });
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "error" }]);
  });

  it("fails as no-answer if no callback comes for the target", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.passes(RING_SECONDS * 1000 + 15_000);
    s.wakes();
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "no-answer" }]);
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 false", "hang-up agent2-1"]);
  });

  it("has failed if the target joined, without a callback, and left", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.passes(3_000);
    s.leaves("agent2-1");
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "target-left" }]);
  });

  it("is abandoned if the customer hangs up, and the target stops ringing", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.passes(2_000);
    s.leaves("customer");
    expect(named(s.actions())).toEqual(["hang-up agent2-1", "end-conference"]);
    s.leaves("agent1-1", "conference-ended");
    s.doesNotTake("agent2-1", "cancelled");
    s.conferenceEnds("customer");
    expect(s.outcomes()).toEqual([{ kind: "abandoned" }]);
    expect(s.record.endedBy).toBe("customer");
  });

  it("is abandoned, and never completed, if the customer ends the conference of all three", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.leaves("agent1-1", "conference-ended");
    expect(s.outcomes()).toEqual([null]);
    s.leaves("agent2-1", "conference-ended");
    s.leaves("customer");
    expect(s.outcomes()).toEqual([{ kind: "abandoned" }]);
  });

  it("is abandoned if the target answers just after the customer has left", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.passes(2_000);
    s.leaves("customer");
    s.passes(1_000);
    s.joins("agent2-1");
    s.leaves("agent2-1");
    expect(s.outcomes()).toEqual([{ kind: "abandoned" }]);
  });

  it("is abandoned if the target answers in the second in which the customer leaves", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.passes(2_000);
    s.leaves("customer");
    const label = s.leg("agent2-1").label;
    s.tell({ kind: "leg-answered", at: s.now, label, callSid: sidOf(label) });
    s.leaves("agent2-1");
    expect(s.outcomes()).toEqual([{ kind: "abandoned" }]);
  });
});
