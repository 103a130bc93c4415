import { describe, expect, it } from "vitest";
import { type MortalWorld, mortalWorld, outcomes } from "../support/world/mortal-world.ts";

const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];

/** agent2 rings for the customer of agent1, and from now on nothing can be saved. */
async function ringingOnFullDisk(): Promise<MortalWorld> {
  const scene = await mortalWorld();
  await scene.agent1.answers();
  await scene.agent1.transfersTo("agent2");
  scene.mortal.disk.isFull = true;
  return scene;
}

/** kill -9; a second later there is space, and the server is back. What it had told and not saved, it tells again. */
async function isKilled({ world, mortal, watch, comesBack }: MortalWorld): Promise<void> {
  await mortal.dies();
  world.forget();
  mortal.disk.isFull = false;
  await watch.during(1_000);
  await comesBack();
}

/** The customer hangs up, and nobody is left. */
async function hangsUp({ world, customer, agent1, agent2 }: MortalWorld): Promise<void> {
  customer.hangUp();
  await world.clock.advance(5_000);
  expect(await world.server.calls()).toEqual([]);
  expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
  for (const agent of [agent1, agent2])
    await agent.shows("that the agent is free", ({ state }) => state === "free");
}

describe("a server that is killed while nothing can be saved", () => {
  it("after agent1 has left: the customer goes on hearing music, and agent2 takes the call", async () => {
    const scene = await ringingOnFullDisk();
    await scene.agent1.losesTheLine();
    expect(scene.world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await isKilled(scene);
    expect(scene.world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await scene.agent2.answers();
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(outcomes(scene.world)).toEqual(["transfer-completed agent2"]);
    expect(scene.watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("after agent2 has come and agent1 has left: they talk on, and the transfer is completed once", async () => {
    const scene = await ringingOnFullDisk();
    await scene.agent2.answers();
    await scene.agent1.losesTheLine();
    await isKilled(scene);
    await scene.watch.during(20_000);
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(outcomes(scene.world)).toEqual(["transfer-completed agent2"]);
    expect(scene.watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("after agent2 has declined: Twilio shows it again, and the customer talks on with agent1", async () => {
    const scene = await ringingOnFullDisk();
    await scene.agent2.declines();
    await isKilled(scene);
    await scene.watch.during(20_000);
    expect(scene.world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
    const { call } = await scene.agent1.shows(
      "the outcome",
      (view) => view.call?.transfer?.outcome === "failed",
    );
    expect(call?.transfer?.reason).toBe("declined");
    await scene.agent1.transfersTo("agent2");
    await scene.agent2.answers();
    expect(scene.world.whoHearsWhom()).toHaveLength(3);
    await hangsUp(scene);
  });

  it("after the customer has hung up: no agent rings, and the transfer is abandoned", async () => {
    const scene = await ringingOnFullDisk();
    scene.customer.hangUp();
    await scene.world.settle();
    await isKilled(scene);
    expect([scene.agent1.person.state, scene.agent2.person.state]).toEqual(["idle", "idle"]);
    expect(outcomes(scene.world)).toEqual(["transfer-abandoned agent2"]);
    await hangsUp(scene);
  });
});
