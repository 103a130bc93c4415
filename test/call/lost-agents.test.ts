import { describe, expect, it } from "vitest";
import { CUSTOMER } from "../../src/call/types.ts";
import { CONFERENCE, type Scene, named, sidOf, takenOver, talking } from "./support/scene.ts";

describe("the line of the only agent is lost", () => {
  /** The page is gone, too. */
  const lost = (settings = {}): Scene => {
    const s = talking(undefined, settings);
    s.signsOut("agent1");
    s.leaves("agent1-1");
    return s;
  };

  it("the customer hears music at once, and no other agent rings for eight seconds", () => {
    const s = lost();
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
    expect(s.record).toMatchObject({ endedAt: null, deadline: s.now + 8_000 });
    expect(s.leg("agent1-1").isLost).toBe(true);
  });

  it("the page comes back: that agent gets the customer again", () => {
    const s = lost();
    s.passes(7_999);
    s.wakes();
    s.actions();
    s.signsIn("agent1");
    expect(named(s.actions())).toEqual(["dial agent1-2"]);
    s.answers("agent1-2");
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
  });

  it("the page stays away: the next free agent rings", () => {
    const s = lost();
    s.passes(8_000);
    s.wakes();
    expect(named(s.actions()).at(-1)).toBe("dial agent2-1");
  });

  it("no agent is free before the page comes back: that agent rings first", () => {
    for (const [ms, first] of [
      [29_999, "agent3"],
      [30_000, "agent1"],
    ] as const) {
      // agent3 lost the line, and is last in the list.
      const s = talking();
      s.transfers("agent1", "agent3");
      s.answers("agent3-1");
      s.hangsUp("agent1-1");
      for (const agent of ["agent1", "agent2", "agent3"]) s.signsOut(agent);
      s.leaves("agent3-1");
      s.passes(ms);
      s.wakes();
      s.actions();
      s.signsIn("agent1", { silently: true });
      s.signsIn("agent3");
      expect(named(s.actions())).toEqual([`dial ${first}-2`]);
    }
  });

  it("that agent does not answer: the others ring", () => {
    const s = lost();
    s.signsIn("agent1");
    s.rings("agent1-2");
    s.actions();
    s.doesNotTake("agent1-2", "declined");
    expect(named(s.actions())).toEqual(["dial agent2-1"]);
  });

  it("after a failed transfer: no other agent rings for eight seconds either", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.doesNotTake("agent2-1", "declined");
    s.passes(60_000);
    s.signsOut("agent1");
    s.leaves("agent1-1");
    expect(named(s.actions()).filter((action) => action.startsWith("dial"))).toEqual(["dial agent2-1"]);
    s.passes(7_999);
    s.wakes();
    expect(named(s.actions())).toEqual([]);
    s.signsIn("agent1");
    expect(named(s.actions())).toEqual(["dial agent1-2"]);
  });

  it("the grace period is 0: another agent rings at once", () => {
    expect(named(lost({ grace: 0 }).actions())).toEqual(["set-hold customer true", "dial agent2-1"]);
  });

  it("with tutorialFlags: the agent counts as ending the call", () => {
    const s = lost({ tutorialFlags: true });
    expect(named(s.actions())).toEqual(["end-conference"]);
    expect(s.record.endedBy).toBe("agent");
  });
});

describe("an agent's page is back without the call, and Twilio has not noticed", () => {
  const isBack = (s: Scene, label: string) =>
    s.tell({ kind: "line-lost", at: s.now, label: s.leg(label).label });

  it("the customer hears music at once, the dead leg is hung up, and then the agent rings", () => {
    const s = talking();
    isBack(s, "agent1-1");
    expect(named(s.actions())).toEqual(["set-hold customer true", "hang-up agent1-1"]);
    expect(s.leg("agent1-1").isLost).toBe(true);
    s.leaves("agent1-1");
    s.signsIn("agent1");
    expect(named(s.actions())).toEqual(["dial agent1-2"]);
  });

  it("as a target: the dead leg does not end the conference", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.hangsUp("agent1-1");
    s.actions();
    isBack(s, "agent2-1");
    expect(named(s.actions())).toEqual([
      "set-hold customer true",
      "set-ends-conference agent2-1 false",
      "hang-up agent2-1",
    ]);
    expect(s.record.endedAt).toBeNull();
  });

  it("while all three talk: the other two talk on", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.actions();
    isBack(s, "agent1-1");
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true", "hang-up agent1-1"]);
    s.leaves("agent1-1");
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
  });

  it("after the leg has left: nothing changes", () => {
    const s = talking();
    s.leaves("agent1-1");
    const { record } = s;
    isBack(s, "agent1-1");
    expect(s.record).toBe(record);
  });
});

describe("the line of a target who ends the conference is lost", () => {
  /** As Twilio reports it, in the order of its callbacks. */
  const conferenceIsLost = (s: Scene): void => {
    const conference = CONFERENCE;
    const left = { at: s.now, label: CUSTOMER, callSid: sidOf("customer"), conference };
    s.leaves("agent2-1");
    s.tell({ kind: "conference-ended", at: s.now, conference, endedBy: s.leg("agent2-1").label });
    s.tell({ kind: "participant-left", ...left, because: "conference-ended" });
  };

  it("the call goes on: the customer comes back and waits", () => {
    const s = takenOver();
    s.signsOut("agent2");
    conferenceIsLost(s);
    expect(s.record.endedAt).toBeNull();
    s.isReleased();
    expect(s.record).toMatchObject({ endedAt: null, conferenceSid: null, conferenceEnd: null });
    expect(s.leg("customer")).toMatchObject({ state: "ringing", leftAt: null });
    s.passes(8_000);
    s.wakes();
    expect(named(s.actions())).toContain("dial agent1-2");
  });

  it("the same happens if Twilio requests the <Dial action> before its callbacks report why", () => {
    const s = takenOver();
    s.isReleased();
    const { record } = s;
    conferenceIsLost(s);
    expect(s.record).toMatchObject({ endedAt: null, conferenceEnd: null, returns: record.returns });
    expect(s.leg("customer").leftAt).toBeNull();
  });

  it("the customer stays off hold in the new conference until it starts", () => {
    const s = takenOver();
    conferenceIsLost(s);
    expect(named(s.actions())).toEqual(["set-hold customer true", "dial agent2-2"]);
    s.isReleased();
    s.joins("customer");
    expect(s.leg("customer").onHold).toBe(false);
    expect(named(s.actions()).filter((action) => action.startsWith("set-"))).toEqual([]);
  });

  it("the customer is held and muted again in the new conference, as an operator wanted", () => {
    const s = takenOver();
    for (const change of ["hold", "mute"] as const)
      s.asks({ kind: "change-participant", label: CUSTOMER, change });
    conferenceIsLost(s);
    s.actions();
    s.isReleased();
    expect(named(s.actions()).filter((action) => action.startsWith("set-"))).toEqual([
      "set-hold customer true",
      "set-muted customer true",
    ]);
  });

  it("Twilio repeats its request: the customer comes back once", () => {
    const s = takenOver();
    conferenceIsLost(s);
    s.isReleased();
    s.joins("customer");
    const { record } = s;
    s.isReleased(0);
    expect(s.record).toBe(record);
  });

  it("the customer hangs up at that moment: the call ends", () => {
    const s = takenOver();
    conferenceIsLost(s);
    s.leaves("customer");
    expect(s.record).toMatchObject({ endedBy: "error" });
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
  });

  it("that agent had ended the call: it stays ended", () => {
    const s = takenOver();
    s.hangsUp("agent2-1");
    s.conferenceEnds("agent2-1");
    s.isReleased();
    expect(s.record).toMatchObject({ endedBy: "agent" });
    expect(s.record.returns).toBeUndefined();
  });

  it.each([
    ["by the API", null, "error"],
    ["by the customer, who hung up", "customer", "customer"],
  ])("a conference that was ended %s brings no one back", (_, by, endedBy) => {
    const s = takenOver();
    s.conferenceEnds(by);
    s.isReleased();
    expect(s.record).toMatchObject({ endedBy });
    expect(s.record.returns).toBeUndefined();
  });
});
