import { describe, expect, it } from "vitest";
import type { TransferMode } from "../../src/call/types.ts";
import { type Scene, agentId, named, talking } from "./support/scene.ts";

function starts(mode: TransferMode): Scene {
  const s = talking();
  s.asks({ kind: "start-transfer", by: agentId("agent1"), to: agentId("agent2"), mode });
  return s;
}
const phase = (s: Scene) => s.record.transfers[0]?.phase;
const operator = { by: null } as const;

describe("a consultation", () => {
  it("holds the customer, then dials; takes the customer off hold if agent2 does not join", () => {
    const s = starts("consult");
    expect(named(s.actions())).toEqual(["set-hold customer true", "dial agent2-1"]);
    s.rings("agent2-1");
    s.doesNotTake("agent2-1", "busy");
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "busy" }]);
  });

  it("stays private, even if an operator takes the customer off hold", () => {
    const s = starts("consult");
    s.answers("agent2-1");
    s.actions();
    s.asks({ kind: "change-participant", label: s.leg("customer").label, change: "unhold" });
    expect([s.leg("customer").onHold, s.actions()]).toEqual([true, []]);
  });

  it("can be swapped, which holds agent2 in place of the customer, and then completed", () => {
    const s = starts("consult");
    s.answers("agent2-1");
    s.actions();
    s.asks({ kind: "swap-transfer", ...operator });
    expect(named(s.actions())).toEqual(["set-hold customer false", "set-hold agent2-1 true"]);
    s.asks({ kind: "complete-transfer", ...operator });
    expect(named(s.actions())).toEqual([
      "set-hold agent2-1 false",
      "set-ends-conference agent2-1 true",
      "hang-up agent1-1",
    ]);
  });

  it("can be swapped again and again: customer and agent2 take turns on hold", () => {
    const s = starts("consult");
    s.answers("agent2-1");
    const held = [1, 2, 3, 4].map(() => {
      s.asks({ kind: "swap-transfer", ...operator });
      return s.record.legs.filter(({ onHold }) => onHold).map(({ label }) => label);
    });
    expect(held).toEqual([["agent2-1"], ["customer"], ["agent2-1"], ["customer"]]);
  });

  it("comes together once, even after two clicks; then swap is refused", () => {
    const s = starts("consult");
    s.answers("agent2-1");
    s.actions();
    for (const _ of [1, 2]) expect(s.asks({ kind: "bring-together", ...operator })).toBeNull();
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
    expect(phase(s)).toBe("together");
    expect(s.asks({ kind: "swap-transfer", ...operator })?.code).toBe("no-consultation");
  });

  it("cannot be completed, swapped or brought together before agent2 has joined", () => {
    const s = starts("consult");
    s.rings("agent2-1");
    for (const kind of ["complete-transfer", "swap-transfer", "bring-together"] as const)
      expect(s.asks({ kind, ...operator })?.code).toBe("target-not-joined");
  });

  it("ends when agent2 leaves: agent1 talks to the customer again", () => {
    const s = starts("consult");
    s.answers("agent2-1");
    s.actions();
    s.leaves("agent2-1");
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "target-left" }]);
  });
});

describe("a blind transfer", () => {
  it("holds the customer, lets agent1 go and dials", () => {
    const s = starts("blind");
    expect(named(s.actions())).toEqual(["set-hold customer true", "hang-up agent1-1", "dial agent2-1"]);
    s.leaves("agent1-1", "removed");
    s.answers("agent2-1");
    expect(named(s.actions())).toEqual(["set-hold customer false"]);
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
  });

  it("that fails rings agent1 back first, then the next agent", () => {
    const s = starts("blind");
    s.leaves("agent1-1", "removed");
    s.rings("agent2-1");
    s.doesNotTake("agent2-1", "declined");
    expect(named(s.actions()).at(-1)).toBe("dial agent1-2");
    s.rings("agent1-2");
    s.doesNotTake("agent1-2", "no-answer");
    expect(named(s.actions()).at(-1)).toBe("dial agent3-1");
  });

  it("that is cancelled in the second in which it started does not end the call", () => {
    const s = starts("blind");
    s.leaves("agent1-1", "removed");
    s.asks({ kind: "cancel-transfer", ...operator });
    expect(s.record.endedAt).toBeNull();
    expect(named(s.actions()).at(-1)).toBe("dial agent1-2");
  });
});

describe("the leg that ends the conference by leaving", () => {
  it("is not agent2's while agent1 is there, and is agent2's once agent1 has left", () => {
    const s = starts("three-way");
    s.answers("agent2-1");
    expect(s.leg("agent2-1").endsConference).toBe(false);
    s.leaves("agent1-1");
    expect(s.leg("agent2-1").endsConference).toBe(true);
  });

  it("is agent2's from the start with tutorialFlags", () => {
    const s = talking(undefined, { tutorialFlags: true });
    s.transfers("agent1", "agent2");
    expect(s.leg("agent2-1").endsConference).toBe(true);
  });
});

it("the transfer keeps the note for agent2", () => {
  const s = talking();
  const order = { by: agentId("agent1"), to: agentId("agent2"), mode: "blind", note: "Order 17" } as const;
  s.asks({ kind: "start-transfer", ...order });
  expect(s.record.transfers).toMatchObject([{ note: "Order 17", mode: "blind" }]);
});
