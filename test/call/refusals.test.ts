import { describe, expect, it } from "vitest";
import type { Label } from "../../src/call/types.ts";
import { OUTSIDE, type Scene, agentId, scene, talking } from "./support/scene.ts";

const by = agentId("agent1");

describe("the server refuses a transfer", () => {
  it("to an agent who rings or talks elsewhere, is signed out or does not exist", () => {
    const s = talking(["agent1", "agent2", "agent3"]);
    s.signsOut("agent3");
    expect(s.transfers("agent1", "agent3")).toBe("target-signed-out");
    expect(s.transfers("agent1", "agent9")).toBe("target-unknown");
    expect(s.transfers("agent1", "agent1")).toBe("target-is-self");
    expect(s.transfers(null, "agent1")).toBe("target-busy");
  });

  it("from an agent who is not in the call, or only rings", () => {
    const s = scene();
    s.customerCalls();
    expect(s.transfers("agent2", "agent3")).toBe("not-in-call");
    s.rings("agent1-1");
    expect(s.transfers("agent1", "agent3")).toBe("not-in-call");
  });

  it("while another one is open, and after the call has ended", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    expect(s.transfers("agent1", "agent3")).toBe("transfer-open");
    s.leaves("customer");
    expect(s.transfers("agent1", "agent2")).toBe("call-ended");
  });

  it("and changes nothing", () => {
    const s = talking();
    s.actions();
    const before = s.record;
    s.transfers("agent1", "agent9");
    expect(s.record).toBe(before);
    expect(s.actions()).toEqual([]);
  });
});

describe("a refusal names", () => {
  const holds = (s: Scene, label: string) =>
    s.asks({ kind: "change-participant", label: label as Label, change: "hold" })?.message;

  it("the operator, who cannot leave a call or mute a microphone", () => {
    const s = talking();
    const message = "An operator is not in this call.";
    expect(s.asks({ kind: "leave", by: null })?.message).toBe(message);
    expect(s.asks({ kind: "mute-self", by: null, muted: true })?.message).toBe(message);
  });

  it("an agent by id and an outside party by label", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    const way = ": cancel the transfer to stop the ringing.";
    expect(holds(s, "agent2-1")).toBe(`agent2 is not in the conference yet${way}`);
    s.doesNotTake("agent2-1", "busy");
    expect(holds(s, "agent2-1")).toBe("agent2 has left the conference.");
    s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode: "three-way" });
    expect(holds(s, "outside-1")).toBe(`outside-1 is not in the conference yet${way}`);
  });
});

describe("the server refuses to complete or cancel", () => {
  it("if no transfer is open", () => {
    const s = talking();
    expect(s.asks({ kind: "complete-transfer", by })?.code).toBe("no-transfer");
    expect(s.asks({ kind: "cancel-transfer", by })?.code).toBe("no-transfer");
  });

  it("if it is too early or too late", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    expect(s.asks({ kind: "complete-transfer", by })?.code).toBe("target-not-joined");
    s.joins("agent2-1");
    s.asks({ kind: "complete-transfer", by });
    expect(s.asks({ kind: "cancel-transfer", by })?.code).toBe("completing");
  });

  it("for an agent who is not in the call", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    const stranger = agentId("agent3");
    expect(s.asks({ kind: "complete-transfer", by: stranger })?.code).toBe("not-in-call");
    expect(s.asks({ kind: "cancel-transfer", by: stranger })?.code).toBe("not-in-call");
    expect(s.asks({ kind: "end-call", by: stranger })?.code).toBe("not-in-call");
  });
});

describe("facts that do not belong to the call", () => {
  it("change nothing: an unknown label, another connection under a known one", () => {
    const s = talking();
    const before = s.record;
    s.rings("agent7-1");
    const foreign = { ...s.leg("agent1-1"), callSid: s.leg("customer").callSid };
    if (foreign.callSid === null) throw new Error("The customer's Call SID is known from the start.");
    s.tell({
      kind: "leg-ended",
      at: s.now,
      label: foreign.label,
      callSid: foreign.callSid,
      end: { answered: true },
    });
    expect(s.record).toBe(before);
  });
});
