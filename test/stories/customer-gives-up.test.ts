import { describe, expect, it } from "vitest";
import type { Person } from "local-twilio";
import type { AgentAtWork } from "../support/world/people-at-work.ts";
import { type World, startWorld } from "../support/world/start-world.ts";

interface Scene {
  world: World;
  customer: Person;
  agent1: AgentAtWork;
  agent2: AgentAtWork;
}

const nothing = async (): Promise<void> => {};
const answers = (scene: Scene): Promise<void> => scene.agent1.answers();
const starts = async (scene: Scene): Promise<void> => {
  await answers(scene);
  await scene.agent1.transfersTo("agent2");
};
const joins = async (scene: Scene): Promise<void> => {
  await starts(scene);
  await scene.agent2.answers();
};
const leaves = async (scene: Scene): Promise<void> => {
  await joins(scene);
  await scene.agent1.hangsUp();
};

/** Each step of the tutorial, with the outcome of the transfer when the customer hangs up there. */
const STEPS: [string, (scene: Scene) => Promise<void>, string[]][] = [
  ["while agent1 rings", nothing, []],
  ["while talking to agent1", answers, []],
  ["while agent2 rings", starts, ["transfer-abandoned agent2"]],
  ["while all three talk", joins, ["transfer-completed agent2", "transfer-abandoned agent2"]],
  ["while talking to agent2", leaves, ["transfer-completed agent2"]],
];

describe("when the customer hangs up", () => {
  it.each(STEPS)("%s, no agent keeps ringing or stays on the line", async (_, upToHere, possible) => {
    const world = await startWorld();
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    const customer = await world.customerRings();
    await upToHere({ world, customer, agent1, agent2 });

    customer.hangUp();
    await world.settle();
    await world.clock.advance(5_000);

    expect(world.whoHearsWhom()).toEqual([]);
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
    const calls = [...world.emulator.engine.world.calls.values()];
    expect(calls.filter((call) => call.endTime === null)).toEqual([]);
    expect(await world.server.calls()).toEqual([]);
    const outcomes = world.events().filter((event) => /^transfer-(?!started)/.test(event));
    expect(outcomes).toHaveLength(possible.length > 0 ? 1 : 0);
    for (const outcome of outcomes) expect(possible).toContain(outcome);
    expect(world.problems).toEqual([]);
  });

  it("leaves both agents free for the next customer", async () => {
    const world = await startWorld();
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    const first = await world.customerRings();
    await starts({ world, customer: first, agent1, agent2 });
    first.hangUp();
    await world.settle();

    await world.customerRings("+15550122222");
    await agent1.answers();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual([
      "customer hears agent1, agent2",
      "agent1 hears agent2, customer",
      "agent2 hears agent1, customer",
    ]);
  });
});
