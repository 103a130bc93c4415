import { describe, expect, it } from "vitest";
import { startWorld } from "../support/world/start-world.ts";

async function customerTalksToAgent1(agents?: string[]) {
  const world = await startWorld(agents);
  const agent1 = await world.agent("agent1");
  const agent2 = await world.agent("agent2");
  const customer = await world.customerRings();
  await agent1.answers();
  return { world, customer, agent1, agent2 };
}

const TOGETHER = ["customer hears agent1", "agent1 hears customer"];

describe("a target who does not join", () => {
  it.each([
    ["declines", { kind: "declines", afterMs: 500 }, "declined"],
    ["never answers", { kind: "never-answers" }, "no-answer"],
    ["cannot be reached", { kind: "unreachable" }, "unreachable"],
  ] as const)(
    "leaves the customer with agent1, and agent1's page says so: agent2 %s",
    async (_, habit, reason) => {
      const { world, agent1, agent2 } = await customerTalksToAgent1();
      agent2.person.setHabit(habit);
      await agent1.transfersTo("agent2");
      await world.clock.advance(30_000);
      expect(world.whoHearsWhom()).toEqual(TOGETHER);
      const view = await agent1.shows("the outcome", ({ call }) => call?.transfer?.phase === "ended");
      expect(view.call?.transfer).toMatchObject({ outcome: "failed", reason });
    },
  );

  it("lets agent1 try again", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await agent1.transfersTo("agent2");
    await agent2.declines();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  });
});

describe("agent1's leaving before agent2 has answered", () => {
  it("plays music to the customer until agent2 answers", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await agent1.transfersTo("agent2");
    await agent1.hangsUp();
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
    expect(world.events()).toContain("transfer-completed agent2");
  });

  it("does the same for agent2, who was a target and passes the customer on", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    await agent2.transfersTo("agent1");
    await agent2.hangsUp();
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });

  it("lets agent2, who was a target, end the call if no other agent took it over", async () => {
    const { customer, agent1, agent2 } = await customerTalksToAgent1();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    await agent2.transfersTo("agent1");
    await agent1.declines();
    await agent2.hangsUp();
    expect(customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
  });

  it("finds another agent when agent2 declines; the customer is never in silence", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await agent1.transfersTo("agent2");
    await agent1.hangsUp();
    await agent2.declines();
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });
});

describe("the last agent", () => {
  it("ends the call by leaving, after a closing sentence", async () => {
    const { world, customer, agent1 } = await customerTalksToAgent1();
    await agent1.hangsUp();
    expect(customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
    await world.clock.advance(15_000);
    expect(customer.state).toBe("idle");
    expect(await world.server.calls()).toEqual([]);
  });

  it("may be the target, who may transfer on, back to agent1", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    await agent2.transfersTo("agent1");
    await agent1.answers();
    await agent2.hangsUp();
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });
});

describe("the server, after a double or wrong click,", () => {
  it("dials agent2 once if two Transfer requests arrive at the same time", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await Promise.all([agent1.transfersTo("agent2"), agent1.transfersTo("agent2")]);
    const dials = [...world.emulator.engine.world.calls.values()].filter(
      (call) => call.to === "client:agent2",
    );
    expect(dials).toHaveLength(1);
    await agent2.answers();
    expect(world.events().filter((event) => event.startsWith("transfer-started"))).toHaveLength(1);
  });

  it.each([
    ["to oneself", "agent1", "agent1 is the agent who transfers."],
    ["to an unknown agent", "agent9", "There is no agent agent9."],
    ["to an agent who is away", "agent3", "agent3 is not ready for calls."],
  ])("refuses a transfer %s, and the call goes on", async (_, to, reason) => {
    const { world, agent1 } = await customerTalksToAgent1(["agent1", "agent2", "agent3"]);
    await expect(agent1.transfersTo(to)).rejects.toThrow(reason);
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });

  it("refuses a transfer to an agent who talks to another customer, and both calls go on", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await world.customerRings("+15550122222");
    await agent2.answers();
    await expect(agent1.transfersTo("agent2")).rejects.toThrow(/agent2 is in a call/);
    expect(world.whoHearsWhom().toSorted()).toEqual([
      "agent1 hears customer1",
      "agent2 hears customer2",
      "customer1 hears agent1",
      "customer2 hears agent2",
    ]);
  });

  it("refuses a transfer to an agent whose page rings for another customer", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await world.customerRings("+15550122222");
    expect(agent2.person.state).toBe("ringing");
    await expect(agent1.transfersTo("agent2")).rejects.toThrow(/agent2 is in a call/);
  });

  it("refuses to cancel a completed transfer, and customer and agents talk on", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    const [call] = await world.server.calls();
    const answer = await world.operator(`/api/calls/${call?.id}/transfer/cancel`, {});
    expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: "no-transfer" } }]);
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  });

  it("cancels a transfer while all three talk: the customer talks on with agent1", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    const [call] = await world.server.calls();
    const answer = await world.operator(`/api/calls/${call?.id}/transfer/cancel`, {});
    expect(answer.status).toBe(200);
    await world.settle();
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });

  it("refuses a transfer after the customer has left", async () => {
    const { world, customer, agent1, agent2 } = await customerTalksToAgent1();
    const [call] = await world.server.calls();
    customer.hangUp();
    await world.settle();
    const answer = await world.operator(`/api/calls/${call?.id}/transfer`, { to: "agent2" });
    expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: "call-ended" } }]);
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
  });
});

describe("an operator", () => {
  it.each([
    ["transfer start", "transfer", { to: "agent2" }],
    ["participants hold", "participants/customer/hold", {}],
  ])("does not take a waiting call from agent1, who is ringing: %s", async (_, path, body) => {
    const world = await startWorld();
    const [agent1] = [await world.agent("agent1"), await world.agent("agent2")];
    await world.customerRings();
    const [call] = await world.server.calls();
    const answer = await world.operator(`/api/calls/${call?.id}/${path}`, body);
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { error: { code: "no-agent", hint: expect.stringContaining("warm-transfer agents list") as string } },
    ]);
    await world.settle();
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });

  it("transfers and completes for agent1 by bearer token: the customer ends with agent2", async () => {
    const { world, agent1, agent2 } = await customerTalksToAgent1();
    const [call] = await world.server.calls();
    const started = await world.operator(`/api/calls/${call?.id}/transfer`, { to: "agent2" });
    expect(started.status).toBe(200);
    await world.settle();
    await agent2.answers();
    expect(world.whoHearsWhom()).toHaveLength(3);
    expect((await world.operator(`/api/calls/${call?.id}/transfer/complete`, {})).status).toBe(200);
    await world.settle();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
    expect(agent1.person.state).toBe("idle");
  });

  it("ends a call after a sentence", async () => {
    const { world, customer, agent1 } = await customerTalksToAgent1();
    const [call] = await world.server.calls();
    expect((await world.operator(`/api/calls/${call?.id}/end`, {})).status).toBe(200);
    await world.settle();
    expect(customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
    await world.clock.advance(10_000);
    expect([customer.state, agent1.person.state]).toEqual(["idle", "idle"]);
  });
});
