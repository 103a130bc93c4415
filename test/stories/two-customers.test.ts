import { expect, it } from "vitest";
import { startWorld } from "../support/world/start-world.ts";

it("two customers who call and are transferred at the same time never hear each other", async () => {
  const world = await startWorld(["agent1", "agent2", "agent3", "agent4"]);
  const [agent1, agent2, agent3, agent4] = [
    await world.agent("agent1"),
    await world.agent("agent2"),
    await world.agent("agent3"),
    await world.agent("agent4"),
  ];
  await world.customerRings("+15550111111");
  await world.customerRings("+15550122222");
  await agent1.answers();
  await agent2.answers();

  await Promise.all([agent1.transfersTo("agent3"), agent2.transfersTo("agent4")]);
  await agent3.answers();
  await agent4.answers();
  await agent1.hangsUp();
  await agent2.hangsUp();

  expect(world.whoHearsWhom()).toEqual([
    "customer1 hears agent3",
    "customer2 hears agent4",
    "agent3 hears customer1",
    "agent4 hears customer2",
  ]);
});

it("one agent never rings for two customers who call at the same moment", async () => {
  const world = await startWorld();
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  await Promise.all([world.customerRings("+15550111111"), world.customerRings("+15550122222")]);
  await agent1.answers();
  await agent2.answers();
  expect(
    world
      .whoHearsWhom()
      .filter((sentence) => sentence.startsWith("customer"))
      .toSorted(),
  ).toEqual([
    expect.stringMatching(/^customer1 hears agent[12]$/),
    expect.stringMatching(/^customer2 hears agent[12]$/),
  ]);
});
