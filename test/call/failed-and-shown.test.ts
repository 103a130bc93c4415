import { describe, expect, it } from "vitest";
import { fails, holdFails, isGivenUp } from "./support/failing.ts";
import { named, talking } from "./support/scene.ts";
import { inConference, rings } from "./support/shown.ts";

describe("an action that failed at Twilio", () => {
  it("does not run again once a survey shows its effect", () => {
    const { s } = holdFails();
    s.shows(inConference(s, "customer", { onHold: true }), rings("agent2-1", s.now));
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("runs once more if a survey shows after its last try that it had no effect", () => {
    const { s, hold } = holdFails();
    isGivenUp(s, hold);
    s.shows(inConference(s, "customer", { onHold: false }));
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
    fails(s, hold);
    s.passes(300_000);
    s.wakes();
    expect(s.actions().filter(({ kind }) => kind === "set-hold")).toEqual([]);
  });

  it("that ends the call runs again until Twilio reports the conference's end", () => {
    const s = talking();
    s.asks({ kind: "end-call", by: null });
    fails(s, s.actions()[0]);
    expect(s.record.deadline).toBe(s.now + 500);
    s.passes(499);
    s.wakes();
    expect(named(s.actions())).toEqual([]);
    s.passes(1);
    s.wakes();
    expect(named(s.actions())).toEqual(["end-conference"]);
  });

  it("that hangs up runs again, and becomes a second hang-up in time", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.asks({ kind: "cancel-transfer", by: null });
    for (const pause of [500, 1_000, 2_000]) {
      fails(s, s.actions()[0]);
      expect(s.record.deadline).toBe(s.now + pause);
      s.passes(pause);
      s.wakes();
    }
    fails(s, s.actions()[0]);
    s.passes(1_000);
    s.wakes();
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 false", "hang-up agent2-1"]);
  });

  it("that is the second hang-up runs again half a second later", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: null });
    s.actions();
    s.passes(4_500);
    s.wakes();
    for (const action of s.actions()) fails(s, action);
    expect(s.record.deadline).toBe(s.now + 500);
    s.passes(500);
    s.wakes();
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 false", "hang-up agent2-1"]);
  });

  it("waits for its next try even if a survey shows that it had no effect", () => {
    const { s } = holdFails();
    s.passes(100);
    s.shows(inConference(s, "customer", { onHold: false }));
    expect(s.actions()).toEqual([]);
    s.passes(400);
    s.wakes();
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
  });

  it("that ends the call runs once more after its last try if a survey shows the conference", () => {
    const s = talking();
    s.asks({ kind: "end-call", by: null });
    const [end] = s.actions();
    fails(s, end);
    isGivenUp(s, end);
    s.passes(60_000);
    s.shows({ conferenceIsLive: true });
    expect(named(s.actions())).toEqual(["end-conference"]);
  });

  it("that hung up a leg too late does not affect a leg that has left", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.asks({ kind: "cancel-transfer", by: null });
    const [hangUp] = s.actions();
    s.doesNotTake("agent2-1", "cancelled");
    fails(s, hangUp);
    s.passes(5_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });
});
