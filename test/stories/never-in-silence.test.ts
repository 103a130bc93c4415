import { describe, expect, it } from "vitest";
import type { Person } from "local-twilio";
import type { AgentAtWork } from "../support/world/people-at-work.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";
import { type World, startWorld } from "../support/world/start-world.ts";

interface Scene {
  world: World;
  customer: Person;
  agent1: AgentAtWork;
  agent2: AgentAtWork;
  /** Lets time pass and listens with the customer. */
  during: (ms: number) => Promise<void>;
}

const STORIES: [string, (scene: Scene) => Promise<void>][] = [
  ["waits five minutes for an agent", async ({ during }) => during(300_000)],
  [
    "talks to one agent after the other in a slow transfer",
    async ({ agent1, agent2, during }) => {
      await during(8_000);
      await agent1.answers();
      await during(20_000);
      await agent1.transfersTo("agent2");
      await during(15_000);
      await agent2.answers();
      await during(5_000);
      await agent1.hangsUp();
      await during(20_000);
    },
  ],
  [
    "loses agent1 while agent2 rings, who never answers",
    async ({ agent1, during }) => {
      await agent1.answers();
      await agent1.transfersTo("agent2");
      await agent1.hangsUp();
      await agent1.setReady(false);
      await during(120_000);
    },
  ],
  [
    "loses agent1 while agent2 rings, who declines; agent1 takes the call again",
    async ({ agent1, agent2, during }) => {
      await agent1.answers();
      await agent1.transfersTo("agent2");
      await agent1.hangsUp();
      await during(10_000);
      await agent2.declines();
      await during(10_000);
      await agent1.answers();
      await during(10_000);
    },
  ],
  [
    "loses the last agent",
    async ({ agent1, during }) => {
      await agent1.answers();
      await agent1.hangsUp();
      await during(30_000);
    },
  ],
  [
    "waits while both agents decline again and again",
    async ({ agent1, agent2, during }) => {
      for (let round = 0; round < 3; round++) {
        await agent1.declines();
        await agent2.declines();
        await during(12_000);
      }
    },
  ],
];

describe("the customer is never alone in silence (invariant 1), who", () => {
  it.each(STORIES)("%s", async (_, tell) => {
    const world = await startWorld();
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    const customer = await world.customerRings();
    const watch = watchForSilence(world, customer);
    await tell({ world, customer, agent1, agent2, during: watch.during });
    expect(watch.tooLong()).toEqual([]);
    expect(world.problems).toEqual([]);
  });
});
