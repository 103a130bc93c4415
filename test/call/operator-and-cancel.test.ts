import { describe, expect, it } from "vitest";
import { agentId, named, scene, talking } from "./support/scene.ts";

const COMPLETED = { kind: "completed" };

describe("an operator", () => {
  it("transfers for the agent who is in the call", () => {
    const s = talking();
    expect(s.transfers(null, "agent2")).toBeNull();
    expect(s.record.transfers).toMatchObject([{ from: "agent1", starter: "agent1-1" }]);
  });

  it("completes a transfer: agent1's leg is hung up", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.actions();
    expect(s.asks({ kind: "complete-transfer", by: null })).toBeNull();
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true", "hang-up agent1-1"]);
    s.leaves("agent1-1", "removed");
    expect(s.outcomes()).toEqual([COMPLETED]);
  });

  it("completes the transfer from agent2 to agent3 without ending the conference", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.hangsUp("agent1-1");
    s.transfers("agent2", "agent3");
    s.answers("agent3-1");
    s.actions();
    expect(s.asks({ kind: "complete-transfer", by: agentId("agent2") })).toBeNull();
    expect(named(s.actions())).toEqual([
      "set-ends-conference agent3-1 true",
      "set-ends-conference agent2-1 false",
      "hang-up agent2-1",
    ]);
  });

  it("completes a transfer twice: the second request gives agent1 no more time", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.asks({ kind: "complete-transfer", by: null });
    const since = s.leg("agent1-1").dismissedAt;
    s.passes(1_000);
    expect(s.asks({ kind: "complete-transfer", by: null })).toBeNull();
    expect(s.leg("agent1-1").dismissedAt).toBe(since);
  });

  it("ends a call: all legs are hung up, even those that ring", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    expect(s.asks({ kind: "end-call", by: null })).toBeNull();
    expect(named(s.actions())).toEqual(["hang-up agent2-1", "end-conference"]);
    expect(s.record.endedBy).toBe("operator");
    expect(s.outcomes()).toEqual([{ kind: "cancelled" }]);
  });
});

describe("a leg that we have let go", () => {
  it("does not revive an ended call by an answer", () => {
    const s = scene();
    s.customerCalls();
    s.answers("agent1-1");
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: null });
    s.hangsUp("agent1-1");
    s.actions();
    s.passes(1_000);
    s.joins("agent2-1");
    expect(named(s.actions())).toEqual(["hang-up agent2-1"]);
    expect(s.record.endedBy).toBe("agent");
  });

  it("is hung up once more, whatever its state, within 5 seconds", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: agentId("agent1") });
    s.actions();
    s.passes(4_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
    s.passes(900);
    s.wakes();
    const actions = s.actions();
    // By now it may have joined, and we were not told.
    expect(named(actions)).toEqual(["set-ends-conference agent2-1 false", "hang-up agent2-1"]);
    expect(actions.at(-1)).toMatchObject({ onlyIfUnanswered: false });
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("is hung up once more in time even if the call ends meanwhile", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: agentId("agent1") });
    s.passes(3_000);
    s.hangsUp("agent1-1");
    s.conferenceEnds(null);
    s.actions();
    s.passes(1_500);
    s.wakes();
    expect(named(s.actions())).toEqual(["hang-up agent2-1"]);
  });

  it("does not keep an ended call open if its end is never reported", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: agentId("agent1") });
    s.passes(5_000);
    s.hangsUp("agent1-1");
    const { endedAt } = s.record;
    for (const _ of [1, 2, 3]) {
      s.passes(10_000);
      s.wakes();
    }
    expect(s.leg("agent2-1").end).toEqual({ answered: false, reason: "no-answer" });
    expect(s.record).toMatchObject({ endedAt, endedBy: "agent" });
  });

  it("is hung up at once, whatever its state, if the call has ended", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.leaves("customer");
    expect(s.actions()[0]).toMatchObject({ kind: "hang-up", label: "agent2-1", onlyIfUnanswered: false });
  });

  it("is hung up again if it joins a conference after the call has ended", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.leaves("customer");
    s.actions();
    s.joins("agent2-1");
    expect(named(s.actions())).toEqual(["hang-up agent2-1"]);
  });
});

describe("cancelling a transfer", () => {
  it("stops the target's ringing; customer and agent1 talk on", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    expect(s.asks({ kind: "cancel-transfer", by: agentId("agent1") })).toBeNull();
    const actions = s.actions();
    expect(named(actions)).toEqual(["hang-up agent2-1"]);
    expect(actions[0]).toMatchObject({ onlyIfUnanswered: true });
    s.doesNotTake("agent2-1", "cancelled");
    expect(s.outcomes()).toEqual([{ kind: "cancelled" }]);
    expect(s.record.endedAt).toBeNull();
  });

  it("clears the end flag of a target who has just answered", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: agentId("agent1") });
    s.actions();
    s.joins("agent2-1");
    const actions = s.actions();
    expect(named(actions)).toEqual(["set-ends-conference agent2-1 false", "hang-up agent2-1"]);
    expect(actions.at(-1)).toMatchObject({ onlyIfUnanswered: false });
    expect(s.outcomes()).toEqual([{ kind: "cancelled" }]);
  });

  it("and hanging up ends the call, however late the target's leg ends", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: agentId("agent1") });
    s.passes(1_000);
    s.hangsUp("agent1-1");
    s.actions();
    s.passes(2_000);
    s.doesNotTake("agent2-1", "cancelled");
    expect(s.actions()).toEqual([]);
    expect(s.record.endedBy).toBe("agent");
  });

  it("and hanging up in the same second ends the call: no other agent rings", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: agentId("agent1") });
    s.actions();
    s.hangsUp("agent1-1");
    s.doesNotTake("agent2-1", "cancelled");
    expect(named(s.actions())).toEqual(["end-conference"]);
    expect(s.record.endedBy).toBe("agent");
  });
});
