import { describe, expect, it } from "vitest";
import { startWorld } from "../support/world/start-world.ts";

describe("the server, without any free agent,", () => {
  it("greets the customer, plays music, and rings the agent who signs in first", async () => {
    const world = await startWorld();
    const customer = await world.customerRings();
    expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);

    await world.clock.advance(180_000);
    expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);
    expect(customer.captions.length).toBeGreaterThan(1);

    const agent2 = await world.agent("agent2");
    await world.settle();
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  });

  it("serves the customer who waits longest first when an agent becomes free", async () => {
    const world = await startWorld(["agent1"]);
    const agent1 = await world.agent("agent1");
    const first = await world.customerRings("+15550111111");
    await agent1.answers();
    await world.customerRings("+15550122222");
    await world.clock.advance(1_000);
    await world.customerRings("+15550133333");
    expect(agent1.person.state).toBe("talking");

    first.hangUp();
    await world.settle();
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual([
      "customer1 hears agent1",
      "customer2 hears [wait]",
      "agent1 hears customer1",
    ]);
  });

  it("does not ring an agent whose page is closed", async () => {
    const world = await startWorld();
    const agent1 = await world.agent("agent1");
    await agent1.closesPage();
    await world.clock.advance(10_000);
    await world.customerRings();
    expect(agent1.person.state).toBe("idle");
    expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);
  });

  it("does not ring an agent who is not ready, and rings when they are", async () => {
    const world = await startWorld();
    const agent1 = await world.agent("agent1");
    await agent1.setReady(false);
    await world.customerRings();
    expect(agent1.person.state).toBe("idle");
    await agent1.setReady(true);
    expect(agent1.person.state).toBe("ringing");
  });
});

describe("the server, when an agent does not take the call,", () => {
  it.each([
    ["declines", { kind: "declines", afterMs: 1_000 }, 2_000],
    ["is busy", { kind: "busy" }, 0],
    ["cannot be reached", { kind: "unreachable" }, 0],
    ["never answers", { kind: "never-answers" }, 20_000],
  ] as const)("rings the next one: agent1 %s", async (_, habit, afterMs) => {
    const world = await startWorld();
    const agent1 = await world.agent("agent1", habit);
    const agent2 = await world.agent("agent2");
    await world.customerRings();
    await world.clock.advance(afterMs);
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
    expect(agent1.person.state).toBe("idle");
  });

  it("rings an agent's phone for ringSeconds, which is 20, and not a second longer", async () => {
    const world = await startWorld(["agent1"]);
    const agent1 = await world.agent("agent1", { kind: "never-answers" });
    await world.customerRings();
    await world.clock.advance(19_999);
    expect(agent1.person.state).toBe("ringing");
    await world.clock.advance(1);
    expect(agent1.person.state).toBe("idle");
  });

  it("rings the only agent again after a while, and the customer hears music all the time", async () => {
    const world = await startWorld(["agent1"]);
    const agent1 = await world.agent("agent1");
    await world.customerRings();
    await agent1.declines();
    expect(agent1.person.state).toBe("idle");
    expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);
    await world.clock.advance(11_000);
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
  });
});
