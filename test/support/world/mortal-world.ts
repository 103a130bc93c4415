import { expect } from "vitest";
import type { Exceptions } from "./invariant-watch.ts";
import { createMortalServer } from "./mortal-server.ts";
import { watchForSilence } from "./silence-watch.ts";
import { type WorldOptions, startWorld } from "./start-world.ts";

/** A customer has rung; the server can be killed and started again. */
export async function mortalWorld(
  agents = ["agent1", "agent2"],
  exceptions: Exceptions = {},
  settings: WorldOptions["settings"] = {},
) {
  const mortal = createMortalServer();
  const { start, rest, hooks, isAway } = mortal;
  const world = await startWorld(agents, {
    start,
    isAway,
    exceptions,
    settings,
    restThrough: rest.through,
    webhooksThrough: hooks.through,
  });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  const watch = watchForSilence(world, customer);
  // Twilio has played the music once by then, and keeps it.
  await watch.during(8_000);
  const comesBack = async (): Promise<void> => {
    await mortal.returns();
    await world.settle();
    await Promise.all([agent1.reconnects(), agent2.reconnects()]);
    await watch.during(3_000);
  };
  return {
    world,
    mortal,
    agent1,
    agent2,
    customer,
    watch,
    comesBack,
    /** The server dies; something happens; so much later it is back, and the pages have found it. */
    async isAway(ms: number, meanwhile: () => void = () => {}): Promise<void> {
      await mortal.dies();
      meanwhile();
      await watch.during(ms);
      await comesBack();
    },
    async allTalk(): Promise<void> {
      await agent1.answers();
      await agent1.transfersTo("agent2");
      await agent2.answers();
    },
  };
}

export type MortalWorld = Awaited<ReturnType<typeof mortalWorld>>;

export const outcomes = (world: MortalWorld["world"]): string[] =>
  world.events().filter((event) => /^transfer-(?!started)/.test(event));

/** Nobody is left on the line, each transfer has one outcome, and both agents are free. */
export async function isOver({ world, agent1, agent2 }: MortalWorld): Promise<void> {
  await world.settle();
  await world.clock.advance(5_000);
  expect(world.whoHearsWhom()).toEqual([]);
  const calls = [...world.emulator.engine.world.calls.values()];
  expect(calls.filter(({ endTime }) => endTime === null)).toEqual([]);
  expect(await world.server.calls()).toEqual([]);
  const started = world.events().filter((event) => event.startsWith("transfer-started"));
  expect(outcomes(world)).toHaveLength(started.length);
  for (const agent of [agent1, agent2])
    await agent.shows("that the agent is free", ({ state }) => state === "free");
}

/** The customer hangs up, and that is the end of everything. */
export async function hangsUp(scene: MortalWorld): Promise<void> {
  scene.customer.hangUp();
  await isOver(scene);
}
