import { describe, expect, it } from "vitest";
import { connectOf, held } from "../support/world/fates.ts";
import { createGate } from "../support/world/gate.ts";
import { startWorld } from "../support/world/start-world.ts";

async function agent1Transfers(tutorialFlags = false) {
  const gate = createGate();
  const world = await startWorld(["agent1", "agent2"], { webhooksThrough: gate.through, tutorialFlags });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await agent1.answers();
  return { gate, world, customer, agent1, agent2 };
}

describe("a target who answers and hangs up within a second", () => {
  it("leaves the customer with agent1: the transfer failed", async () => {
    const { world, agent1, agent2 } = await agent1Transfers();
    agent2.person.setHabit({ kind: "answers-and-hangs-up", afterMs: 2_000, talkMs: 700 });
    await agent1.transfersTo("agent2");
    await world.clock.advance(5_000);
    expect(world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
    const { call } = await agent1.shows("the outcome", (view) => view.call?.transfer?.phase === "ended");
    expect(call?.transfer).toMatchObject({ outcome: "failed", reason: "target-left" });
  });

  it("ends the call with tutorialFlags: the customer hears why, and both agents are free", async () => {
    const { world, customer, agent1, agent2 } = await agent1Transfers(true);
    agent2.person.setHabit({ kind: "answers-and-hangs-up", afterMs: 2_000, talkMs: 700 });
    await agent1.transfersTo("agent2");
    await world.clock.advance(3_000);
    expect(customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
    await world.clock.advance(5_000);
    expect([customer.state, agent1.person.state, agent2.person.state]).toEqual(["idle", "idle", "idle"]);
    const { call } = await agent1.shows("the end", (view) => view.call?.state === "ended");
    expect(call?.transfer).toMatchObject({ outcome: "failed", reason: "target-left" });
    expect(call?.story.at(-1)).toMatchObject({ event: "call-ended", reason: "agent" });
    expect(world.problems).toEqual([]);
  });

  it("before joining leaves customer and agent1 talking: the transfer fails", async () => {
    const { gate, world, agent1, agent2 } = await agent1Transfers();
    const connect = held("request");
    gate.stop(connectOf("agent2-1"), connect.fate);
    await agent1.transfersTo("agent2");
    agent2.person.answer();
    await connect.hasCome;
    agent2.person.hangUp();
    connect.release();
    await world.settle();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
    const { call } = await agent1.shows("the outcome", (view) => view.call?.transfer?.phase === "ended");
    expect(call?.transfer).toMatchObject({ outcome: "failed", reason: "no-answer" });
    await agent1.transfersTo("agent2");
    await agent2.answers();
    expect(world.whoHearsWhom()).toHaveLength(3);
  });

  it("before joining, after agent1 has left, leaves the customer waiting with music", async () => {
    const { gate, world, agent1, agent2 } = await agent1Transfers();
    const connect = held("request");
    gate.stop(connectOf("agent2-1"), connect.fate);
    await agent1.transfersTo("agent2");
    await agent1.hangsUp();
    agent2.person.answer();
    await connect.hasCome;
    agent2.person.hangUp();
    connect.release();
    await world.settle();
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
  });
});
