import { describe, expect, it } from "vitest";
import { isFinished, leavingOf } from "../../src/call/rules/ending.ts";
import { CUSTOMER, type TransferMode } from "../../src/call/types.ts";
import {
  CONFERENCE,
  OUTSIDE,
  SETTINGS,
  type Scene,
  agentId,
  named,
  sidOf,
  takenOver,
  talking,
} from "./support/scene.ts";
import { ended, inConference } from "./support/shown.ts";

const LETTER = { tutorialFlags: true };
const cancels = (s: Scene): void => void s.asks({ kind: "cancel-transfer", by: null });
const customer = { label: CUSTOMER, callSid: sidOf("customer") };
const customerIsOut = (s: Scene) =>
  s.tell({ kind: "participant-left", at: s.now, ...customer, conference: CONFERENCE });

/** agent1 talks to the customer and to an outside party, who has joined last. */
function withOutside(): Scene {
  const s = talking();
  s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode: "three-way" });
  s.rings("outside-1");
  s.joins("outside-1");
  s.passes(10_000);
  return s;
}

describe("with tutorialFlags, agent1 hangs up", () => {
  const transferred = (mode: TransferMode = "three-way"): Scene => {
    const s = talking(undefined, LETTER);
    s.asks({ kind: "start-transfer", by: agentId("agent1"), to: agentId("agent2"), mode });
    s.rings("agent2-1");
    s.passes(5_000);
    return s;
  };

  it.each([0, 2_000])("%d ms after the transfer was cancelled: the call ends at that moment", (later) => {
    const s = transferred();
    cancels(s);
    s.passes(later);
    s.leaves("agent1-1");
    const endedAt = s.now;
    s.passes(2_000);
    s.doesNotTake("agent2-1", "cancelled");
    expect(s.record).toMatchObject({ endedAt, endedBy: "agent" });
  });

  it("after a second transfer was cancelled: the first one, which agent2 declined, changes nothing", () => {
    const s = transferred();
    s.doesNotTake("agent2-1", "declined");
    s.passes(5_000);
    s.transfers("agent1", "agent3");
    cancels(s);
    s.leaves("agent1-1");
    expect(s.record).toMatchObject({ endedAt: s.now, endedBy: "agent" });
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "declined" }, { kind: "cancelled" }]);
  });

  it("in the second in which agent2 declines: the customer waits for another agent", () => {
    const s = transferred();
    s.leaves("agent1-1");
    s.doesNotTake("agent2-1", "declined");
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions()).at(-1)).toBe("dial agent1-2");
  });

  it("and an operator cancels the transfer 5 s later: the customer waits for another agent", () => {
    const s = transferred();
    s.leaves("agent1-1");
    s.passes(5_000);
    s.actions();
    cancels(s);
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions())).toEqual(["hang-up agent2-1", "dial agent1-2"]);
  });

  it("and then the dial of agent2 fails: the customer waits for another agent", () => {
    const s = talking(undefined, LETTER);
    s.transfers("agent1", "agent2");
    s.leaves("agent1-1");
    s.passes(2_000);
    s.actions();
    s.tell({ kind: "dial-failed", at: s.now, label: s.leg("agent2-1").label, reason: "error" });
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions())).toEqual(["dial agent1-2"]);
  });

  it("in the second in which a blind transfer is cancelled, which had let agent1 go: the customer waits", () => {
    const s = talking(undefined, LETTER);
    s.asks({ kind: "start-transfer", by: agentId("agent1"), to: agentId("agent2"), mode: "blind" });
    s.leaves("agent1-1", "removed");
    cancels(s);
    expect(s.record.endedAt).toBeNull();
  });

  it("and Twilio reports it 20 s later: the customer, who is still there, gets another agent", () => {
    const s = talking(undefined, LETTER);
    s.passes(20_000);
    s.shows(inConference(s, "customer"), ended("agent1-1", s.now - 11_000));
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions())).toEqual(["set-hold customer true", "dial agent2-1"]);
  });

  it("as the target, while three talk: that would end the call for all, so the page's Leave is refused", () => {
    const s = talking(undefined, LETTER);
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    expect(leavingOf(s.record, s.leg("agent2-1"))).toBe("ends-call");
    expect(s.asks({ kind: "leave", by: agentId("agent2") })?.code).toBe("last-agent");
    expect(leavingOf(s.record, s.leg("agent1-1"))).toBe("leaves");
  });
});

describe("an outside party hangs up", () => {
  it("and then agent1's line is lost: the customer waits for agent1", () => {
    const s = withOutside();
    s.leaves("outside-1");
    s.passes(10_000);
    s.leaves("agent1-1");
    expect(s.record.endedAt).toBeNull();
    expect(s.leg("agent1-1").isLost).toBe(true);
  });

  it("in the second in which agent1's line is lost: the call ends", () => {
    const s = withOutside();
    s.leaves("agent1-1");
    s.leaves("outside-1");
    expect(s.record).toMatchObject({ endedAt: s.now, endedBy: "outside" });
  });

  it("after agent2 has declined to join: the customer does not come back", () => {
    const s = withOutside();
    s.hangsUp("agent1-1");
    s.transfers(null, "agent2");
    s.doesNotTake("agent2-1", "declined");
    s.passes(10_000);
    s.isReleased();
    expect(s.record.returns).toBeUndefined();
    expect(s.record.endedAt).toBeNull();
    s.conferenceEnds("outside-1");
    expect(s.record.endedBy).toBe("outside");
  });
});

describe("the line of agent2, who ends the conference, is lost", () => {
  it("and Twilio reports the customer's leaving first: the customer comes back", () => {
    const s = takenOver();
    customerIsOut(s);
    s.conferenceEnds("agent2-1");
    s.isReleased();
    expect(s.record).toMatchObject({ endedAt: null, conferenceEnd: null, returns: [{ at: s.now }] });
  });

  it("and an operator ends the call meanwhile: it ended when the conference did, and stays so", () => {
    const s = takenOver();
    s.conferenceEnds("agent2-1");
    const endedAt = s.now;
    s.passes(2_000);
    s.asks({ kind: "end-call", by: null });
    expect(s.record.endedAt).toBe(endedAt);
    s.isReleased();
    expect(s.record).toMatchObject({ endedAt, conferenceEnd: { at: endedAt } });
  });
});

describe("a call that has ended is finished", () => {
  it("once all agents' calls have ended", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.leaves("customer");
    s.doesNotTake("agent2-1", "cancelled");
    expect(isFinished(s.record)).toBe(false);
    s.leaves("agent1-1", "conference-ended");
    expect(isFinished(s.record)).toBe(true);
  });

  it("and until then only Twilio's reports wake it", () => {
    const s = talking();
    s.hangsUp("agent1-1");
    expect(s.record.deadline).toBeNull();
  });

  it("once the customer or the conference has gone", () => {
    for (const goes of [customerIsOut, (s: Scene) => s.conferenceEnds(null)]) {
      const s = talking();
      s.hangsUp("agent1-1");
      expect(isFinished(s.record)).toBe(false);
      goes(s);
      expect(isFinished(s.record)).toBe(true);
    }
  });

  it("once a customer who may leave a message has hung up without one", () => {
    const s = talking(undefined, {
      afterFailure: { ...SETTINGS.afterFailure, declined: "voicemail" },
    });
    s.transfers("agent1", "agent2");
    s.hangsUp("agent1-1");
    s.doesNotTake("agent2-1", "declined");
    s.conferenceEnds(null);
    customerIsOut(s);
    expect(isFinished(s.record)).toBe(false);
    s.tell({ kind: "leg-ended", at: s.now, ...customer, end: { answered: true } });
    expect(isFinished(s.record)).toBe(true);
  });
});
