import { describe, expect, it } from "vitest";
import type { ParticipantChange } from "../../src/call/inputs.ts";
import type { Label } from "../../src/call/types.ts";
import { type Scene, agentId, named, scene, talking } from "./support/scene.ts";

const change = (s: Scene, label: string, what: ParticipantChange) =>
  s.asks({ kind: "change-participant", label: label as Label, change: what });

/** agent1 has brought agent2 in: all three talk. */
function allTalk() {
  const s = talking();
  s.transfers("agent1", "agent2");
  s.answers("agent2-1");
  s.actions();
  return s;
}

describe("hold and mute", () => {
  it.each([
    ["hold", "unhold", "set-hold"],
    ["mute", "unmute", "set-muted"],
  ] as const)("%s reaches Twilio once, and %s reverses it", (on, off, action) => {
    const s = allTalk();
    expect([change(s, "agent1-1", on), change(s, "agent1-1", on)]).toEqual([null, null]);
    expect(named(s.actions())).toEqual([`${action} agent1-1 true`]);
    expect([change(s, "agent1-1", off), change(s, "agent1-1", off)]).toEqual([null, null]);
    expect(named(s.actions())).toEqual([`${action} agent1-1 false`]);
  });

  it("hold of the only agent gives the customer music, and unhold gives the agent back", () => {
    const s = talking();
    change(s, "agent1-1", "hold");
    expect(named(s.actions()).toSorted()).toEqual(["set-hold agent1-1 true", "set-hold customer true"]);
    change(s, "agent1-1", "unhold");
    expect(named(s.actions()).toSorted()).toEqual(["set-hold agent1-1 false", "set-hold customer false"]);
  });

  it("mute of the only agent leaves the customer off hold: the agent still hears the customer", () => {
    const s = talking();
    change(s, "agent1-1", "mute");
    expect(named(s.actions())).toEqual(["set-muted agent1-1 true"]);
  });

  it("of agent1 leaves the customer with agent2, and gives music once agent2 is on hold, too", () => {
    const s = allTalk();
    change(s, "agent1-1", "hold");
    expect(named(s.actions())).toEqual(["set-hold agent1-1 true"]);
    change(s, "agent2-1", "hold");
    expect(named(s.actions())).toEqual(["set-hold customer true", "set-hold agent2-1 true"]);
  });

  it("of agent1 alone: the customer hears a target who joins at once", () => {
    const s = talking();
    change(s, "agent1-1", "hold");
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.joins("agent2-1");
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
  });

  it("of the customer by an operator stays while agents come and go", () => {
    const s = talking();
    change(s, "customer", "hold");
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.leaves("agent1-1");
    expect(named(s.actions())).toEqual(["dial agent2-1", "set-ends-conference agent2-1 true"]);
    change(s, "customer", "unhold");
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
  });

  it("mute of the customer does not hold the customer", () => {
    const s = scene();
    s.customerCalls();
    s.answers("agent1-1");
    s.actions();
    change(s, "customer", "mute");
    expect(named(s.actions())).toEqual(["set-muted customer true"]);
    expect(s.leg("customer").onHold).toBe(false);
  });

  it("does not reach Twilio for a leg that has left", () => {
    const s = allTalk();
    change(s, "agent1-1", "mute");
    const [muting] = s.actions();
    if (!muting) throw new Error("There is nothing to fail.");
    s.tell({ kind: "action-failed", at: s.now, action: muting, message: "503" });
    s.leaves("agent1-1");
    s.passes(1_000);
    s.wakes();
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true"]);
  });

  it("stays when the call ends: the customer hears the closing sentence anyway", () => {
    const s = talking();
    change(s, "agent1-1", "hold");
    s.actions();
    s.asks({ kind: "end-call", by: null });
    expect(named(s.actions())).toEqual(["end-conference"]);
  });

  it("runs again while it is wanted, and not after it was reversed", () => {
    const s = allTalk();
    change(s, "agent1-1", "mute");
    const [muting] = s.actions();
    if (!muting) throw new Error("There is nothing to fail.");
    s.tell({ kind: "action-failed", at: s.now, action: muting, message: "503" });
    s.passes(500);
    s.wakes();
    expect(s.actions()).toEqual([muting]);
    s.tell({ kind: "action-failed", at: s.now, action: muting, message: "503" });
    change(s, "agent1-1", "unmute");
    s.actions();
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("pauses while an agent's leg gets its end flag, because Twilio ignores the flag of a leg on hold", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.asks({ kind: "change-participant", label: s.leg("agent2-1").label, change: "hold" });
    s.actions();
    s.hangsUp("agent1-1");
    expect(named(s.actions())).toEqual([
      "set-hold customer true",
      "set-hold agent2-1 false",
      "set-ends-conference agent2-1 true",
      "set-hold agent2-1 true",
    ]);
  });
});

describe("an operator who removes", () => {
  it("agent1, while all three talk, completes the transfer", () => {
    const s = allTalk();
    expect(change(s, "agent1-1", "remove")).toBeNull();
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true", "hang-up agent1-1"]);
    s.leaves("agent1-1");
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
    expect(s.record.endedAt).toBeNull();
  });

  it("agent2 ends agent2's right to start a transfer", () => {
    const s = allTalk();
    change(s, "agent2-1", "remove");
    expect(s.transfers("agent2", "agent3")).toBe("not-in-call");
    expect(s.transfers(null, "agent3")).toBeNull();
    expect(s.record.transfers.at(-1)).toMatchObject({ from: "agent1", starter: "agent1-1" });
  });

  it("agent2, while agent1 is still there, cancels the transfer and keeps the others in", () => {
    const s = allTalk();
    expect(change(s, "agent2-1", "remove")).toBeNull();
    const since = s.leg("agent2-1").dismissedAt;
    s.passes(1_000);
    expect(change(s, "agent2-1", "remove")).toBeNull();
    expect(s.leg("agent2-1").dismissedAt).toBe(since);
    const actions = s.actions();
    expect(named(actions)).toEqual(["set-ends-conference agent2-1 false", "hang-up agent2-1"]);
    expect(actions.at(-1)).toMatchObject({ onlyIfUnanswered: false });
    s.leaves("agent2-1");
    expect(s.outcomes()).toEqual([{ kind: "cancelled" }]);
    expect(s.record.endedAt).toBeNull();
    expect(s.transfers("agent1", "agent3")).toBeNull();
  });

  it("agent2, who took the call over and brought agent3 in, completes the transfer to agent3", () => {
    const s = allTalk();
    s.leaves("agent1-1");
    s.transfers("agent2", "agent3");
    s.answers("agent3-1");
    s.actions();
    change(s, "agent2-1", "remove");
    expect(named(s.actions())).toEqual([
      "set-ends-conference agent3-1 true",
      "set-ends-conference agent2-1 false",
      "hang-up agent2-1",
    ]);
    s.leaves("agent2-1");
    expect(s.outcomes()).toEqual([{ kind: "completed" }, { kind: "completed" }]);
  });

  it("the only agent off hold gives the customer music at once", () => {
    const s = allTalk();
    change(s, "agent1-1", "hold");
    s.actions();
    change(s, "agent2-1", "remove");
    expect(named(s.actions())).toContain("set-hold customer true");
  });
});

describe("a change of a participant is refused, with a hint,", () => {
  it("if the label is unknown", () => {
    const s = talking();
    expect(change(s, "agent9-1", "hold")).toMatchObject({
      code: "no-such-participant",
      message: expect.stringContaining("customer, agent1-1"),
    });
    const waiting = scene([]);
    waiting.customerCalls();
    expect(change(waiting, "agent1-1", "hold")?.message).toContain("in it are customer");
  });

  it("if the leg only rings, or has left", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    expect(change(s, "agent2-1", "remove")).toMatchObject({
      code: "not-joined",
      message: expect.stringContaining("cancel the transfer"),
    });
    s.joins("agent2-1");
    s.leaves("agent1-1");
    expect(change(s, "agent1-1", "mute")).toMatchObject({
      code: "not-joined",
      message: expect.stringContaining("has left"),
    });
  });

  it("if it would remove the customer or the last agent", () => {
    const s = talking();
    expect(change(s, "customer", "remove")?.code).toBe("is-customer");
    expect(change(s, "agent1-1", "remove")?.code).toBe("last-agent");
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    change(s, "agent2-1", "remove");
    expect(change(s, "agent1-1", "remove")?.code).toBe("last-agent");
  });

  it("after the call has ended", () => {
    const s = talking();
    s.asks({ kind: "end-call", by: agentId("agent1") });
    expect(change(s, "agent1-1", "mute")?.code).toBe("call-ended");
  });
});
