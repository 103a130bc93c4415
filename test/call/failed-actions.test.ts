import { describe, expect, it } from "vitest";
import { type Action, CUSTOMER } from "../../src/call/types.ts";
import { type Scene, named, talking } from "./support/scene.ts";

function fails(s: Scene, action: Action | undefined): void {
  if (!action) throw new Error("There is no action to fail.");
  s.tell({ kind: "action-failed", at: s.now, action, message: "Twilio answered 503" });
}

/** agent1 has left, agent2 rings, and the hold that gives the customer music did not work. */
function holdFails() {
  const s = talking();
  s.transfers("agent1", "agent2");
  s.rings("agent2-1");
  s.actions();
  s.leaves("agent1-1");
  const [hold] = s.actions();
  fails(s, hold);
  return { s, hold };
}

describe("an action that Twilio did not take", () => {
  it("is tried again after half a second, one more, and so on for a minute, then given up", () => {
    const { s, hold } = holdFails();
    expect(s.actions()).toEqual([]);
    for (const pause of [500, 1_000, 2_000, 4_000, 8_000, 15_000]) {
      s.passes(pause - 1);
      s.wakes();
      expect(s.actions()).toEqual([]);
      s.passes(1);
      s.wakes();
      expect(named(s.actions())).toEqual(["set-hold customer true"]);
      fails(s, hold);
    }
    s.passes(30_000);
    s.wakes();
    s.actions();
    fails(s, hold);
    s.passes(60_000);
    s.wakes();
    expect(s.actions().filter(({ kind }) => kind === "set-hold")).toEqual([]);
  });

  it("is not tried again when it is no longer wanted", () => {
    const { s } = holdFails();
    s.joins("agent2-1");
    s.actions();
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("is not tried again for a leg that has gone by itself", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.leaves("customer");
    fails(s, s.actions()[0]);
    s.doesNotTake("agent2-1", "no-answer");
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("is not tried again for a call that has ended", () => {
    const s = talking();
    s.asks({ kind: "change-participant", label: CUSTOMER, change: "hold" });
    fails(s, s.actions()[0]);
    s.asks({ kind: "end-call", by: null });
    s.actions();
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("is not tried again when agent2, whose leaving must end the call again, did not pass it on to agent3", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.leaves("agent1-1");
    s.actions();
    s.transfers("agent2", "agent3");
    fails(
      s,
      s.actions().find(({ kind }) => kind === "set-ends-conference"),
    );
    s.doesNotTake("agent3-1", "declined");
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true"]);
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("is not tried again when the conference has ended by itself", () => {
    const s = talking();
    s.leaves("agent1-1");
    fails(s, s.actions()[0]);
    s.conferenceEnds(null);
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("waits for its own next try, whenever another one has its turn", () => {
    const { s, hold } = holdFails();
    s.passes(300);
    fails(s, { kind: "end-conference" });
    s.passes(200);
    s.wakes();
    expect(s.actions()).toEqual([hold]);
    s.passes(300);
    s.wakes();
    expect(named(s.actions())).toEqual(["end-conference"]);
  });
});
