import { describe, expect, it } from "vitest";
import { named, scene, takenOver, talking } from "./support/scene.ts";
import { conferenceEnded, ended, inConference, label, rings } from "./support/shown.ts";

describe("a survey shows what lost callbacks did not report:", () => {
  it("nothing new: the record stays the same object, without actions", () => {
    const s = talking();
    const before = s.record;
    s.passes(300_000);
    s.shows(inConference(s, "customer"), inConference(s, "agent1-1"));
    expect(s.record).toBe(before);
    expect(s.actions()).toEqual([]);
  });

  it("the customer hung up while agent2 rang: that abandons the transfer and stops the ringing", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.passes(1_000);
    s.shows(
      ended("customer", s.now),
      ended("agent1-1", s.now),
      rings("agent2-1", s.now - 900),
      conferenceEnded(s.now, "customer"),
    );
    expect(named(s.actions())).toEqual(["hang-up agent2-1"]);
    expect(s.record.endedBy).toBe("customer");
    expect(s.outcomes()).toEqual([{ kind: "abandoned" }]);
  });

  it("agent2 joined, and agent1 left: that completes the transfer", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.passes(20_000);
    s.actions();
    s.shows(inConference(s, "customer"), inConference(s, "agent2-1"), ended("agent1-1", s.now - 2_000));
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true"]);
  });

  it("agent2 did not answer: the transfer fails, and customer and agent1 talk on", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.passes(60_000);
    const noAnswer = { answered: false, reason: "no-answer" } as const;
    s.shows(
      inConference(s, "customer"),
      inConference(s, "agent1-1"),
      ended("agent2-1", s.now - 35_000, noAnswer),
    );
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "no-answer" }]);
    expect(s.record.endedAt).toBeNull();
  });

  it("the only agent hung up long ago: the customer hears music and gets another agent", () => {
    const s = talking();
    s.passes(20_000);
    s.shows(inConference(s, "customer"), ended("agent1-1", s.now - 11_000));
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions())).toEqual(["set-hold customer true", "dial agent2-1"]);
  });

  it("the only agent hung up a moment ago: with tutorialFlags, that ends the call", () => {
    const s = talking(undefined, { tutorialFlags: true });
    s.passes(20_000);
    s.shows(inConference(s, "customer"), ended("agent1-1", s.now - 9_000));
    expect(s.record.endedBy).toBe("agent");
    expect(named(s.actions())).toEqual(["end-conference"]);
  });

  it("the conference ended: the call ends", () => {
    const s = talking();
    s.passes(5_000);
    s.shows(conferenceEnded(s.now - 2_000, "customer"));
    expect(s.record).toMatchObject({ endedBy: "customer", endedAt: s.now - 2_000 });
    expect(s.actions()).toEqual([]);
  });

  it("Twilio knows no call of the customer: the call ends, and all legs are hung up", () => {
    const s = talking();
    s.passes(5_000);
    s.shows({ unknown: [label("customer")] }, inConference(s, "agent1-1"));
    expect(s.record.endedAt).toBe(s.now);
    expect(named(s.actions())).toEqual(["end-conference"]);
    s.passes(15_000);
    s.wakes();
    expect(named(s.actions())).toEqual(["hang-up agent1-1"]);
  });

  it("an agent joined after the lists were fetched: that agent has not left", () => {
    const s = scene();
    s.customerCalls();
    s.rings("agent1-1");
    const asked = rings("agent1-1", s.now);
    s.passes(1_000);
    s.joins("agent1-1");
    s.actions();
    s.shows(inConference(s, "customer"), asked);
    expect(s.leg("agent1-1").state).toBe("joined");
    expect(s.actions()).toEqual([]);
  });
});

describe("an action that was decided before the server stopped", () => {
  it.each([
    ["onHold", "set-hold customer true"],
    ["muted", "set-muted customer true"],
  ] as const)("runs now: %s", (property, action) => {
    const s = talking();
    s.tell({
      kind: "change-participant",
      label: label("customer"),
      change: property === "muted" ? "mute" : "hold",
    });
    s.actions();
    s.shows(inConference(s, "customer", { [property]: false }), inConference(s, "agent1-1"));
    expect(named(s.actions())).toEqual([action]);
    s.shows(inConference(s, "customer", { [property]: true }), inConference(s, "agent1-1"));
    expect(s.actions()).toEqual([]);
  });

  it("runs now: agent2's end flag, and then the hold, which Twilio shows neither of", () => {
    const s = takenOver();
    s.asks({ kind: "change-participant", label: label("agent2-1"), change: "hold" });
    s.actions();
    s.shows(
      inConference(s, "customer", { onHold: true }),
      inConference(s, "agent2-1", { endsConference: false }),
    );
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true", "set-hold agent2-1 true"]);
  });

  it("runs now: taking the customer off hold", () => {
    const s = talking();
    s.shows(inConference(s, "customer", { onHold: true }), inConference(s, "agent1-1"));
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
  });

  it("runs now: clearing the flag of agent2, who has brought agent3 in", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.hangsUp("agent1-1");
    s.transfers("agent2", "agent3");
    s.answers("agent3-1");
    s.actions();
    s.shows(
      inConference(s, "customer"),
      inConference(s, "agent2-1", { endsConference: true }),
      inConference(s, "agent3-1"),
    );
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 false"]);
  });

  it("runs now: hanging up an unwanted leg without ending the conference", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.tell({ kind: "change-participant", label: label("agent2-1"), change: "remove" });
    s.actions();
    s.shows(
      inConference(s, "customer"),
      inConference(s, "agent1-1"),
      inConference(s, "agent2-1", { endsConference: true }),
    );
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 false", "hang-up agent2-1"]);
  });

  it("runs now: stopping the ringing of a target whose transfer was cancelled", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.tell({ kind: "cancel-transfer", by: null });
    s.actions();
    s.shows(inConference(s, "customer"), inConference(s, "agent1-1"), rings("agent2-1", s.now));
    const actions = s.actions();
    expect(named(actions)).toEqual(["hang-up agent2-1"]);
    expect(actions[0]).toMatchObject({ onlyIfUnanswered: true });
  });

  it("runs now: ending the conference of a call that has ended", () => {
    const s = talking();
    s.hangsUp("agent1-1");
    expect(named(s.actions())).toEqual(["end-conference"]);
    s.shows(inConference(s, "customer"));
    expect(named(s.actions())).toEqual(["end-conference"]);
    s.conferenceEnds(null);
    s.leaves("customer", "conference-ended");
    s.shows(conferenceEnded(s.now, null));
    expect(s.actions()).toEqual([]);
  });

  it("runs again: hanging up a leg that was given up after a long silence from Twilio", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.passes(40_000);
    s.wakes();
    expect(named(s.actions())).toContain("hang-up agent2-1");
    s.shows(inConference(s, "customer"), inConference(s, "agent1-1"), { alive: [label("agent2-1")] });
    expect(named(s.actions())).toContain("hang-up agent2-1");
  });

  it("does not run for a leg whose end Twilio has reported and not yet listed", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: null });
    s.doesNotTake("agent2-1", "cancelled");
    s.actions();
    s.shows(inConference(s, "customer"), inConference(s, "agent1-1"), { alive: [label("agent2-1")] });
    expect(s.actions()).toEqual([]);
  });
});
