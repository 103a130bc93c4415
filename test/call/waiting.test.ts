import { describe, expect, it } from "vitest";
import { RETRY_AFTER, RING_SECONDS, agentId, named, scene, sidOf } from "./support/scene.ts";

describe("a customer who calls", () => {
  it("gets the first free agent of the list", () => {
    const s = scene();
    s.signsOut("agent1");
    s.customerCalls();
    expect(s.actions()).toEqual([
      {
        kind: "dial",
        label: "agent2-1",
        party: { kind: "agent", agent: "agent2" },
        ringSeconds: RING_SECONDS,
      },
    ]);
  });

  it("waits when no agent is free, and gets the agent who signs in", () => {
    const s = scene();
    for (const agent of ["agent1", "agent2", "agent3"]) s.signsOut(agent);
    s.customerCalls();
    expect(s.actions()).toEqual([]);
    s.signsIn("agent3");
    expect(named(s.actions())).toEqual(["dial agent3-1"]);
  });

  it("gets no second agent while the first one rings or talks", () => {
    const s = scene();
    s.customerCalls();
    s.rings("agent1-1");
    s.actions();
    s.signsIn("agent2");
    s.joins("agent1-1");
    s.signsIn("agent3");
    expect(s.actions()).toEqual([]);
  });

  it("ends the conference by leaving; the first agent does not, as in the tutorial", () => {
    const s = scene();
    s.customerCalls();
    expect(s.leg("customer").endsConference).toBe(true);
    expect(s.leg("agent1-1").endsConference).toBe(false);
  });

  it("rings one agent, however often Twilio repeats the webhook", () => {
    const s = scene();
    s.customerCalls();
    s.actions();
    const before = s.record;
    s.tell({ kind: "customer-called", at: s.now, call: s.record.id, number: "+15550100" });
    expect(s.record).toBe(before);
    expect(s.actions()).toEqual([]);
  });

  it("stays off hold while the agent who answered is still joining: the waiting music plays", () => {
    const s = scene();
    s.customerCalls();
    s.rings("agent1-1");
    s.actions();
    s.tell({ kind: "leg-answered", at: s.now, label: s.leg("agent1-1").label, callSid: sidOf("agent1-1") });
    expect(s.actions()).toEqual([]);
  });
});

describe("an agent who does not take the call", () => {
  it.each(["declined", "no-answer", "busy", "unreachable"] as const)(
    "(%s) makes the next free agent ring",
    (reason) => {
      const s = scene();
      s.customerCalls();
      s.rings("agent1-1");
      s.actions();
      s.doesNotTake("agent1-1", reason);
      expect(named(s.actions())).toEqual(["dial agent2-1"]);
      expect(s.record.passed).toEqual({ agent1: s.now + RETRY_AFTER });
    },
  );

  it("rings again after a while when all others have passed, too", () => {
    const s = scene(["agent1", "agent2"]);
    s.customerCalls();
    s.rings("agent1-1");
    s.doesNotTake("agent1-1", "declined");
    s.passes(5_000);
    s.rings("agent2-1");
    s.doesNotTake("agent2-1", "no-answer");
    s.actions();
    expect(s.record.deadline).toBe(s.now - 5_000 + RETRY_AFTER);
    s.passes(RETRY_AFTER - 5_001);
    s.tell({ kind: "agents-changed", at: s.now });
    expect(s.actions()).toEqual([]);
    s.passes(1);
    s.wakes();
    expect(named(s.actions())).toEqual(["dial agent1-2"]);
  });

  it("rings again only when signed in: until then, nothing wakes the call", () => {
    const s = scene(["agent1"]);
    s.customerCalls();
    s.doesNotTake("agent1-1", "declined");
    s.signsOut("agent1");
    s.passes(RETRY_AFTER);
    s.wakes();
    expect(s.record.deadline).toBeNull();
  });

  it("counts as not answering when every callback is lost, and their phone stops ringing", () => {
    const s = scene();
    s.customerCalls();
    s.isDialled("agent1-1");
    s.actions();
    s.passes(RING_SECONDS * 1000 + 15_000);
    s.wakes();
    expect(named(s.actions())).toEqual(["hang-up agent1-1", "dial agent2-1"]);
    expect(s.leg("agent1-1").end).toEqual({ answered: false, reason: "no-answer" });
  });

  it("is skipped when the dial fails, and hung up if the phone rings nevertheless", () => {
    const s = scene();
    s.customerCalls();
    s.actions();
    s.tell({ kind: "dial-failed", at: s.now, label: s.leg("agent1-1").label, reason: "error" });
    expect(named(s.actions())).toEqual(["dial agent2-1"]);
    s.rings("agent1-1");
    expect(named(s.actions())).toEqual(["hang-up agent1-1"]);
    expect(s.leg("agent1-1").state).toBe("left");
  });
});

describe("a customer who gives up waiting", () => {
  it("leaves no agent ringing", () => {
    const s = scene();
    s.customerCalls();
    s.rings("agent1-1");
    s.actions();
    s.leaves("customer");
    expect(named(s.actions())).toEqual(["hang-up agent1-1", "end-conference"]);
    expect(s.record).toMatchObject({ endedAt: s.now, endedBy: "customer" });
    s.doesNotTake("agent1-1", "cancelled");
    expect(s.actions()).toEqual([]);
    expect(s.record.deadline).toBeNull();
  });

  it("leaves no agent ringing whose Call SID is not known yet", () => {
    const s = scene();
    s.customerCalls();
    s.actions();
    s.leaves("customer");
    expect(named(s.actions())).toEqual(["end-conference"]);
    s.isDialled("agent1-1");
    expect(named(s.actions())).toEqual(["hang-up agent1-1"]);
    s.isDialled("agent1-1");
    expect(s.actions()).toEqual([]);
  });

  it("frees an agent without any callback of that leg's end", () => {
    const s = scene();
    s.customerCalls();
    s.answers("agent1-1");
    s.leaves("customer");
    s.actions();
    s.passes(15_000);
    s.wakes();
    expect(named(s.actions())).toEqual(["hang-up agent1-1"]);
    expect(s.leg("agent1-1").state).toBe("left");
    expect(s.record.deadline).toBeNull();
  });

  it("stays gone when an agent signs in", () => {
    const s = scene();
    s.signsOut("agent1");
    s.signsOut("agent2");
    s.signsOut("agent3");
    s.customerCalls();
    s.leaves("customer");
    s.actions();
    s.signsIn("agent1");
    expect(s.actions()).toEqual([]);
    expect(s.asks({ kind: "end-call", by: agentId("agent1") })?.code).toBe("call-ended");
  });
});
