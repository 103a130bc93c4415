import { describe, expect, it } from "vitest";
import type { Person } from "local-twilio";
import type { AgentAtWork } from "../support/world/people-at-work.ts";
import { startWorld } from "../support/world/start-world.ts";

interface Scene {
  customer: Person;
  agent1: AgentAtWork;
  agent2: AgentAtWork;
}

const talk = ({ agent1 }: Scene): Promise<void> => agent1.answers();
const start = async (scene: Scene): Promise<void> => {
  await talk(scene);
  await scene.agent1.transfersTo("agent2");
};
const join = async (scene: Scene): Promise<void> => {
  await start(scene);
  await scene.agent2.answers();
};
const leave = async (scene: Scene): Promise<void> => {
  await join(scene);
  await scene.agent1.hangsUp();
};

const STEPS: [string, (scene: Scene) => Promise<void>, (scene: Scene) => Person][] = [
  ["agent1 rings", async () => {}, ({ agent1 }) => agent1.person],
  ["talking to agent1", talk, ({ agent1 }) => agent1.person],
  ["agent2 rings", start, ({ agent1 }) => agent1.person],
  ["agent2 rings, and agent2 declines", start, ({ agent2 }) => agent2.person],
  ["all three talk", join, ({ agent1 }) => agent1.person],
  ["all three talk, and agent2 leaves", join, ({ agent2 }) => agent2.person],
  ["talking to agent2", leave, ({ agent2 }) => agent2.person],
];
const ORDERS = ["the customer first", "the agent first", "in the same moment"] as const;
const CASES = STEPS.flatMap(([name, step, other]) =>
  ORDERS.map((order) => ({ name: `while ${name}: ${order}`, step, other, order })),
);

describe("when the customer and an agent hang up within 100 ms", () => {
  it.each(CASES)(
    "$name, no agent keeps ringing or stays, and the record is closed",
    async ({ step, other, order }) => {
      const world = await startWorld();
      const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
      const customer = await world.customerRings();
      const scene = { customer, agent1, agent2 };
      await step(scene);

      const two = [customer, other(scene)];
      const [first, second] = order === "the agent first" ? two.toReversed() : two;
      first?.hangUp();
      if (order !== "in the same moment") await world.clock.advance(100);
      second?.hangUp();
      await world.settle();
      await world.clock.advance(5_000);

      expect([customer.state, agent1.person.state, agent2.person.state]).toEqual(["idle", "idle", "idle"]);
      const live = [...world.emulator.engine.world.calls.values()].filter(({ endTime }) => endTime === null);
      expect(live).toEqual([]);
      expect(await world.server.calls()).toEqual([]);
      const started = world.events().filter((event) => event.startsWith("transfer-started"));
      const outcomes = world.events().filter((event) => /^transfer-(?!started)/.test(event));
      expect(outcomes).toHaveLength(started.length);
      expect(world.events().filter((event) => event === "call-ended")).toHaveLength(1);
      expect(world.problems).toEqual([]);
      for (const agent of [agent1, agent2]) await agent.shows("free", ({ state }) => state === "free");
    },
  );
});
