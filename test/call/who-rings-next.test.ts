import { describe, expect, it } from "vitest";
import type { AfterFailure } from "../../src/call/decision.ts";
import type { Label } from "../../src/call/types.ts";
import { CONFERENCE, SETTINGS, type Scene, named, sidOf, takenOver, talking } from "./support/scene.ts";

/** agent2 and agent3 are lower in the list than agent1, who is free. */
describe("agent1 does not ring", () => {
  it("before agent2, whose transfer failed after they had left", () => {
    const s = takenOver();
    s.transfers("agent2", "agent3");
    s.rings("agent3-1");
    s.hangsUp("agent2-1");
    s.actions();
    s.doesNotTake("agent3-1", "declined");
    expect(named(s.actions())).toEqual(["dial agent2-2"]);
  });

  it("before agent3, whose line was lost, although agent2 has declined meanwhile", () => {
    const s = takenOver();
    s.transfers("agent2", "agent3");
    s.answers("agent3-1");
    s.hangsUp("agent2-1");
    for (const agent of ["agent1", "agent3"]) s.signsOut(agent);
    s.leaves("agent3-1");
    s.passes(8_000);
    s.wakes();
    s.rings("agent2-2");
    s.passes(5_000);
    for (const agent of ["agent1", "agent3"]) s.signsIn(agent, { silently: true });
    s.actions();
    s.doesNotTake("agent2-2", "declined");
    expect(named(s.actions())).toEqual(["dial agent3-2"]);
  });
});

describe("the line of the only agent is lost", () => {
  it("Twilio reports no end of the call: no other agent rings for eight seconds either", () => {
    const s = talking();
    s.signsOut("agent1");
    const { label } = s.leg("agent1-1");
    s.tell({ kind: "participant-left", at: s.now, label, callSid: sidOf(label), conference: CONFERENCE });
    for (const ms of [5_000, 2_999]) {
      s.passes(ms);
      s.wakes();
    }
    expect(named(s.actions())).toEqual(["set-hold customer true", "hang-up agent1-1"]);
    s.passes(1);
    s.wakes();
    expect(named(s.actions())).toEqual(["dial agent2-1"]);
  });

  const failed = (step: AfterFailure["declined"], settings = {}): Scene => {
    const s = talking(undefined, { afterFailure: { ...SETTINGS.afterFailure, declined: step }, ...settings });
    s.transfers("agent1", "agent2");
    s.doesNotTake("agent2-1", "declined");
    s.passes(60_000);
    s.actions();
    return s;
  };
  const goes = (s: Scene): void =>
    void s.tell({ kind: "window-gone", at: s.now, label: "agent1-1" as Label });

  it.each(["hang-up", "voicemail"] as const)(
    "a minute after a transfer failed, and afterFailure is %s: the customer waits for that agent",
    (step) => {
      const s = failed(step);
      s.signsOut("agent1");
      s.leaves("agent1-1");
      expect(named(s.actions())).toEqual(["set-hold customer true"]);
      s.passes(5_000);
      s.signsIn("agent1");
      expect(named(s.actions())).toEqual(["dial agent1-2"]);
    },
  );

  it.each([0, 2_000])(
    "while the target rings, who declines %d ms later, and afterFailure is hang-up: the server lets the customer go",
    (later) => {
      const s = talking(undefined, { afterFailure: { ...SETTINGS.afterFailure, declined: "hang-up" } });
      s.transfers("agent1", "agent2");
      s.rings("agent2-1");
      s.leaves("agent1-1");
      s.passes(later);
      s.doesNotTake("agent2-1", "declined");
      expect(s.record.endedBy).toBe("no-agent");
    },
  );

  it("or may be, after a transfer failed and afterFailure is hang-up: another agent rings", () => {
    const s = failed("hang-up", { whenWindowGone: "ring-another" });
    goes(s);
    expect(named(s.actions())).toEqual(["dial agent2-2", "announce"]);
    expect(s.record.endedAt).toBeNull();
  });

  it("with tutorialFlags, while another agent rings because of a doubt: the customer waits for the next one", () => {
    const s = failed("hang-up", { whenWindowGone: "ring-another", tutorialFlags: true });
    goes(s);
    s.rings("agent2-2");
    s.leaves("agent1-1");
    s.passes(2_000);
    s.actions();
    s.doesNotTake("agent2-2", "no-answer");
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions())).toEqual(["dial agent1-2"]);
  });
});
