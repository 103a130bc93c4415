import { describe, expect, it } from "vitest";
import type { Refusal } from "../../src/call/decision.ts";
import { leavingOf } from "../../src/call/rules/ending.ts";
import { type Scene, agentId, named, talking } from "./support/scene.ts";

describe("an agent's page announces that the agent leaves", () => {
  const says = (s: Scene, agent: string): Refusal["code"] | null =>
    s.asks({ kind: "leave", by: agentId(agent) })?.code ?? null;

  it("while three talk: the other two talk on, and that completes the transfer", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.actions();
    expect(says(s, "agent1")).toBeNull();
    expect(named(s.actions())).toEqual(["set-ends-conference agent2-1 true"]);
    expect(says(s, "agent1")).toBeNull();
    expect(s.actions()).toEqual([]);
    s.leaves("agent1-1");
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
  });

  it("as the target, while three talk: the customer talks to the starter", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.actions();
    expect(says(s, "agent2")).toBeNull();
    expect(s.actions()).toEqual([]);
    expect(leavingOf(s.record, s.leg("agent1-1"))).toBe("ends-call");
    s.leaves("agent2-1");
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "target-left" }]);
    expect(s.record.endedAt).toBeNull();
  });

  it("while the target rings: the customer hears music at once", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.actions();
    expect(says(s, "agent1")).toBeNull();
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
    expect(s.outcomes()).toEqual([null]);
  });

  it("and does not hang up: the server hangs up 4.5 s later", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    says(s, "agent1");
    s.actions();
    s.passes(4_499);
    s.wakes();
    expect(s.actions()).toEqual([]);
    s.passes(1);
    s.wakes();
    expect(named(s.actions())).toEqual(["hang-up agent1-1"]);
  });

  it("is no question for the customer, for a phone that rings, and for an agent who has left", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    const leavings = (): unknown[] => s.record.legs.map((leg) => leavingOf(s.record, leg));
    expect(leavings()).toEqual([null, "hands-over", null]);
    s.joins("agent2-1");
    s.leaves("agent1-1");
    expect(leavings()).toEqual([null, null, "ends-call"]);
  });

  it("as the only agent: the server refuses, because that would end the call", () => {
    const s = talking();
    expect(says(s, "agent1")).toBe("last-agent");
    expect(says(s, "agent2")).toBe("not-in-call");
    expect(s.actions()).toEqual([]);
  });

  it("at the same moment as another agent's page: the second agent stays", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    expect(says(s, "agent1")).toBeNull();
    expect(says(s, "agent2")).toBe("last-agent");
  });
});
