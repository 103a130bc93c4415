import { describe, expect, it } from "vitest";
import { CUSTOMER } from "../../src/call/types.ts";
import { fails, holdFails, isGivenUp } from "./support/failing.ts";
import { named, talking } from "./support/scene.ts";

describe("an action that failed at Twilio", () => {
  it("runs again after half a second, then after one, and so on for a minute", () => {
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

  it("does not run again when it is no longer wanted", () => {
    const { s } = holdFails();
    s.joins("agent2-1");
    s.actions();
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("does not run again for a leg that has left", () => {
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

  it("does not run again for a call that has ended", () => {
    const s = talking();
    s.asks({ kind: "change-participant", label: CUSTOMER, change: "hold" });
    fails(s, s.actions()[0]);
    s.asks({ kind: "end-call", by: null });
    s.actions();
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("does not run again when the transfer to agent3 fails, so that agent2's leaving must end the call", () => {
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

  it("does not run again when the conference has ended", () => {
    const s = talking();
    s.leaves("agent1-1");
    fails(s, s.actions()[0]);
    s.conferenceEnds(null);
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("waits for its own next try while another action has its turn", () => {
    const s = talking();
    for (const change of ["hold", "mute"] as const) {
      s.asks({ kind: "change-participant", label: CUSTOMER, change });
      fails(s, s.actions()[0]);
      s.passes(300);
    }
    expect(s.actions()).toEqual([]);
    s.wakes();
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
    s.passes(199);
    s.wakes();
    expect(s.actions()).toEqual([]);
    s.passes(1);
    s.wakes();
    expect(named(s.actions())).toEqual(["set-muted customer true"]);
  });

  it("runs at once when it is wanted again after its last try", () => {
    const s = talking();
    const asks = (change: "hold" | "unhold") =>
      s.asks({ kind: "change-participant", label: CUSTOMER, change });
    asks("hold");
    const [hold] = s.actions();
    fails(s, hold);
    isGivenUp(s, hold);
    asks("unhold");
    s.actions();
    asks("hold");
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
  });

  it("does not undo a newer setting when its answer comes late", () => {
    const s = talking();
    s.asks({ kind: "change-participant", label: CUSTOMER, change: "hold" });
    const [hold] = s.actions();
    s.asks({ kind: "change-participant", label: CUSTOMER, change: "unhold" });
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
    fails(s, hold);
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("may have worked: the server sends the old setting when that is wanted again", () => {
    const s = talking();
    s.asks({ kind: "change-participant", label: CUSTOMER, change: "hold" });
    fails(s, s.actions()[0]);
    s.asks({ kind: "change-participant", label: CUSTOMER, change: "unhold" });
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
  });

  it("counts once when its failure is reported twice", () => {
    const { s, hold } = holdFails();
    const { record } = s;
    fails(s, hold);
    expect(s.record).toBe(record);
  });
});
