import { describe, expect, it } from "vitest";
import { coordinatorStage } from "./support/coordinator-stage.ts";

describe("two customers at once", () => {
  it("never get the same agent", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    x.signsIn("agent2");
    await Promise.all([x.customerCalls("CA1"), x.customerCalls("CA2")]);
    await x.coordinator.idle();
    expect(x.asked.toSorted()).toEqual(["dial CA1 agent1-1", "dial CA2 agent2-1"]);
  });

  it("and one agent: the customer who waits longer gets the agent next", async () => {
    const x = coordinatorStage({ agents: ["agent1"] });
    await x.customerCalls("CA1");
    await x.clock.advance(1_000);
    await x.customerCalls("CA2");
    await x.clock.advance(1_000);
    await x.customerCalls("CA3");
    x.signsIn("agent1");
    await x.coordinator.idle();
    expect(x.asked).toEqual(["dial CA1 agent1-1"]);
    await x.joins("CA1", "agent1-1");
    await x.leaves("CA1", "customer");
    await x.leaves("CA1", "agent1-1");
    await x.coordinator.idle();
    expect(x.asked).toEqual(["dial CA1 agent1-1", "end CA1", "dial CA2 agent1-1"]);
  });

  it("an agent who declined the first one rings for the second", async () => {
    const x = coordinatorStage({ agents: ["agent1"] });
    await x.customerCalls("CA1");
    await x.clock.advance(1_000);
    await x.customerCalls("CA2");
    x.signsIn("agent1");
    await x.coordinator.idle();
    await x.ended("CA1", "agent1-1", { answered: false, reason: "declined" });
    await x.coordinator.idle();
    expect(x.asked).toEqual(["dial CA1 agent1-1", "dial CA2 agent1-1"]);
  });

  it("two transfers to the same agent: the server refuses the second one as busy", async () => {
    const x = coordinatorStage({ agents: ["agent1", "agent2", "agent3"] });
    x.signsIn("agent1");
    x.signsIn("agent2");
    await x.customerCalls("CA1");
    await x.customerCalls("CA2");
    await x.coordinator.idle();
    await x.joins("CA1", "agent1-1");
    await x.joins("CA2", "agent2-1");
    x.signsIn("agent3");
    const [first, second] = await Promise.all([
      x.transfers("CA1", "agent1", "agent3"),
      x.transfers("CA2", "agent2", "agent3"),
    ]);
    expect(first.refusal).toBeNull();
    expect(second.refusal?.code).toBe("target-busy");
  });
});

describe("an agent", () => {
  it("stays claimed from the dial until the leg's call ends: a busy browser drops calls", async () => {
    const x = coordinatorStage({ agents: ["agent1"] });
    x.signsIn("agent1");
    await x.customerCalls("CA1");
    expect(x.presence.free()).toEqual([]);
    await x.joins("CA1", "agent1-1");
    await x.leaves("CA1", "customer");
    await x.leavesConference("CA1", "agent1-1");
    expect(x.presence.free()).toEqual([]);
    await x.ended("CA1", "agent1-1", { answered: true });
    expect(x.presence.free()).toEqual(["agent1"]);
  });

  it("is free five seconds after leaving if the end callback is lost", async () => {
    const x = coordinatorStage({ agents: ["agent1"] });
    x.signsIn("agent1");
    await x.customerCalls("CA1");
    await x.joins("CA1", "agent1-1");
    await x.leavesConference("CA1", "agent1-1");
    await x.clock.advance(4_999);
    expect(x.asked.at(-1)).toBe("hold CA1 true");
    await x.clock.advance(1);
    // The line was lost: the customer is there, and gets the same agent.
    expect(x.asked.slice(-2).sort()).toEqual(["dial CA1 agent1-2", "hang-up CA-CA1-agent1-1"]);
  });

  it("is free after the customer has left, even without a callback", async () => {
    const x = coordinatorStage({ agents: ["agent1"] });
    x.signsIn("agent1");
    await x.customerCalls("CA1");
    await x.joins("CA1", "agent1-1");
    await x.leaves("CA1", "customer");
    await x.clock.advance(15_000);
    expect(x.presence.free()).toEqual(["agent1"]);
    expect(x.asked.at(-1)).toBe("hang-up CA-CA1-agent1-1");
  });
});
