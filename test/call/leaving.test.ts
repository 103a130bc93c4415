import { describe, expect, it } from "vitest";
import { CUSTOMER } from "../../src/call/types.ts";
import { CONFERENCE, RETRY_AFTER, agentId, named, scene, sidOf, talking } from "./support/scene.ts";

describe("agent1 leaves before agent2 has joined", () => {
  const leftAlone = () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    s.passes(1_000);
    s.hangsUp("agent1-1");
    s.passes(1_000);
    return s;
  };

  it("the customer hears music, and agent2 keeps ringing", () => {
    const s = leftAlone();
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
    expect(s.record.endedAt).toBeNull();
    expect(s.outcomes()).toEqual([null]);
  });

  it("agent2 joins: that completes the transfer and takes the customer off hold", () => {
    const s = leftAlone();
    s.actions();
    s.joins("agent2-1");
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
  });

  it("agent2 declines: the customer hears music until the next agent joins", () => {
    const s = leftAlone();
    s.signsOut("agent1");
    s.actions();
    s.doesNotTake("agent2-1", "declined");
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "declined" }]);
    expect(named(s.actions())).toEqual(["dial agent3-1"]);
    s.answers("agent3-1");
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
  });

  it("agent2 declines and no one else is free: the customer waits until agent2 may ring again", () => {
    const s = leftAlone();
    s.signsOut("agent1");
    s.signsOut("agent3");
    s.doesNotTake("agent2-1", "no-answer");
    s.actions();
    expect(s.record).toMatchObject({ endedAt: null, deadline: s.now + RETRY_AFTER });
    s.passes(RETRY_AFTER);
    s.wakes();
    expect(named(s.actions())).toEqual(["dial agent2-2"]);
  });

  it("agent2 declines in the same second: the call goes on", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.signsOut("agent1");
    s.hangsUp("agent1-1");
    s.doesNotTake("agent2-1", "declined");
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions()).at(-1)).toBe("dial agent3-1");
  });

  it("the customer hangs up: that stops agent2's ringing and abandons the transfer", () => {
    const s = leftAlone();
    s.actions();
    s.leaves("customer");
    expect(named(s.actions())).toEqual(["hang-up agent2-1", "end-conference"]);
    expect(s.outcomes()).toEqual([{ kind: "abandoned" }]);
  });
});

describe("the last agent hangs up", () => {
  it("ends the conference, so that the customer hears the closing sentence", () => {
    const s = talking();
    s.hangsUp("agent1-1");
    expect(named(s.actions())).toEqual(["end-conference"]);
    expect(s.record).toMatchObject({ endedBy: "agent", endedAt: s.now });
    s.conferenceEnds(null);
    s.leaves("customer", "conference-ended");
    expect(s.record.endedBy).toBe("agent");
  });

  it("rings no other agent when a transfer failed some time before", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.doesNotTake("agent2-1", "declined");
    s.passes(10_000);
    s.actions();
    s.hangsUp("agent1-1");
    expect(named(s.actions())).toEqual(["end-conference"]);
    expect(s.record.endedBy).toBe("agent");
  });

  it("as a target: Twilio ends the conference with that leg", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.hangsUp("agent1-1");
    s.passes(5_000);
    s.hangsUp("agent2-1");
    s.leaves("customer", "conference-ended");
    s.conferenceEnds("agent2-1");
    expect(s.record.endedBy).toBe("agent");
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
  });

  it("without an end callback: the leg still counts as answered", () => {
    const s = talking();
    const label = s.leg("agent1-1").label;
    s.tell({ kind: "participant-left", at: s.now, label, callSid: sidOf(label), conference: CONFERENCE });
    s.passes(5_000);
    s.wakes();
    expect(s.leg(label).end).toEqual({ answered: true });
  });

  it("through the end-call command", () => {
    const s = talking();
    expect(s.asks({ kind: "end-call", by: agentId("agent1") })).toBeNull();
    expect(named(s.actions())).toEqual(["end-conference"]);
    expect(s.record.endedBy).toBe("agent");
    s.leaves("agent1-1", "conference-ended");
    s.leaves("customer", "conference-ended");
    expect(s.actions()).toEqual([]);
    expect(s.record.endedBy).toBe("agent");
  });
});

describe("the person who ended a call that all leave in the same second", () => {
  it("is the customer, by Twilio's reason for leaving", () => {
    const s = talking();
    s.leaves("agent1-1", "conference-ended");
    s.leaves("customer", "hung-up");
    expect(s.record.endedBy).toBe("customer");
  });

  it("is the agent if Twilio gives no reason: the customer may still hear the closing sentence", () => {
    const s = talking();
    const label = s.leg("customer").label;
    s.hangsUp("agent1-1");
    s.tell({ kind: "participant-left", at: s.now, label, callSid: sidOf(label), conference: CONFERENCE });
    expect(s.record.endedBy).toBe("agent");
  });

  it("is the participant that the conference's end names", () => {
    const s = talking();
    s.leaves("customer");
    s.hangsUp("agent1-1");
    s.conferenceEnds("customer");
    expect(s.record.endedBy).toBe("customer");
  });

  it("is not the customer whose call we ended after the <Dial>", () => {
    const s = scene([]);
    s.customerCalls();
    s.tell({ kind: "customer-released", at: s.now, stay: 0 });
    s.tell({
      kind: "leg-ended",
      at: s.now,
      label: CUSTOMER,
      callSid: sidOf("customer"),
      end: { answered: true },
    });
    expect(s.record.endedBy).toBe("error");
  });

  it.each([
    ["cancelled", "customer"],
    ["error", "error"],
    ["busy", "error"],
  ] as const)("of a customer's call that ends as %s is: %s", (reason, by) => {
    const s = scene([]);
    s.customerCalls();
    s.doesNotTake("customer", reason);
    expect(s.record.endedBy).toBe(by);
  });

  it("is the time limit from 5 s before it to a minute after it, whichever leg Twilio reports first", () => {
    const { timeLimit = 0 } = talking().record;
    const endedAfter = (ms: number): string | null => {
      const s = talking();
      s.passes(s.record.startedAt + ms - s.now);
      s.leaves("customer");
      s.conferenceEnds("customer");
      return s.record.endedBy;
    };
    expect(timeLimit).toBe(240 * 60 - 30);
    const around = [-5_001, -5_000, 0, 60_000].map((ms) => endedAfter(timeLimit * 1_000 + ms));
    expect(around).toEqual(["customer", "time-limit", "time-limit", "time-limit"]);
    // A record from before the machine's clock was set: its length says nothing.
    expect(endedAfter(timeLimit * 1_000 + 60_001)).toBe("customer");
  });

  it("is the operator who ends a call in its last second", () => {
    const s = talking();
    s.passes((s.record.timeLimit ?? 0) * 1_000);
    s.asks({ kind: "end-call", by: null });
    s.conferenceEnds(null);
    expect(s.record.endedBy).toBe("operator");
  });

  it("is unknown when the conference just ends", () => {
    const s = talking();
    s.conferenceEnds(null);
    expect(s.record).toMatchObject({ endedBy: "error", endedAt: s.now });
    expect(s.actions()).toEqual([]);
  });
});
