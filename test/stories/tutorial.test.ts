import { expect, it } from "vitest";
import { startWorld } from "../support/world/start-world.ts";

it("is the tutorial: the customer ends with agent2, and agent1 has left", async () => {
  const world = await startWorld();
  const agent1 = await world.agent("agent1");
  const agent2 = await world.agent("agent2");

  const customer = await world.customerRings();
  expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);
  expect(customer.captions[0]).toMatch(/^Thank you for calling\./);

  await agent1.answers();
  expect(world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);

  await agent1.transfersTo("agent2");
  expect(world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
  await agent2.answers();
  expect(world.whoHearsWhom()).toEqual([
    "customer hears agent1, agent2",
    "agent1 hears agent2, customer",
    "agent2 hears agent1, customer",
  ]);

  await agent1.hangsUp();
  expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  expect(world.events()).toContain("transfer-completed agent2");

  customer.hangUp();
  await world.settle();
  expect(world.whoHearsWhom()).toEqual([]);
  expect(agent2.person.state).toBe("idle");
  expect(world.problems).toEqual([]);
});
