import { describe, expect, it } from "vitest";
import { fails, holdFails, isGivenUp } from "./support/failing.ts";
import { named, talking } from "./support/scene.ts";
import { inConference, rings } from "./support/shown.ts";

describe("an action that Twilio did not take, and what Twilio shows and tells afterwards:", () => {
  it("is not tried again in vain: a survey that shows it done ends the tries", () => {
    const { s } = holdFails();
    s.shows(inConference(s, "customer", { onHold: true }), rings("agent2-1", s.now));
    s.passes(1_000);
    s.wakes();
    expect(s.actions()).toEqual([]);
  });

  it("is tried once more when a survey shows, after it was given up, that it is still not done", () => {
    const { s, hold } = holdFails();
    isGivenUp(s, hold);
    s.shows(inConference(s, "customer", { onHold: false }));
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
    fails(s, hold);
    s.passes(300_000);
    s.wakes();
    expect(s.actions().filter(({ kind }) => kind === "set-hold")).toEqual([]);
  });

  it("if the call's end was not taken, that is tried again until Twilio says that the conference has ended", () => {
    const s = talking();
    s.asks({ kind: "end-call", by: null });
    fails(s, s.actions()[0]);
    s.passes(500);
    s.wakes();
    expect(named(s.actions())).toEqual(["end-conference"]);
  });

  it("when it was a hang-up, is tried again, and insisted on in time however often that fails", () => {
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

  it("when it was a hang-up that was insisted on, is tried again half a second later", () => {
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

  it("waits for its time also when a survey shows meanwhile that it is not done", () => {
    const { s } = holdFails();
    s.passes(100);
    s.shows(inConference(s, "customer", { onHold: false }));
    expect(s.actions()).toEqual([]);
    s.passes(400);
    s.wakes();
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
  });

  it("when it was the end of the call and was given up, is tried once more if Twilio shows that the call goes on", () => {
    const s = talking();
    s.asks({ kind: "end-call", by: null });
    const [end] = s.actions();
    fails(s, end);
    isGivenUp(s, end);
    s.passes(60_000);
    s.shows({ conferenceIsLive: true });
    expect(named(s.actions())).toEqual(["end-conference"]);
  });

  it("when it was a hang-up that Twilio took too late, does not call up a leg that has gone", () => {
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
