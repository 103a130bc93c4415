import { assert, asyncProperty, infiniteStream, nat } from "fast-check";
import { expect, it } from "vitest";
import type { CallView } from "../../src/server/control-api.ts";
import { deliveredCallbacks, repeatCallbacks } from "../support/world/repeat-callbacks.ts";
import { type World, startWorld } from "../support/world/start-world.ts";

async function callOf(world: World, id: string): Promise<CallView> {
  const response = await fetch(`${world.server.url}/api/calls/${id}`, {
    headers: { authorization: `Bearer ${world.operatorToken}` },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as CallView;
}

/** The tutorial; `between` happens after each of its steps. */
async function playTutorial(between: (world: World) => Promise<void>) {
  const world = await startWorld();
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  const id = customer.callSid ?? "";
  const steps = [
    () => agent1.answers(),
    () => agent1.transfersTo("agent2"),
    () => agent2.answers(),
    () => agent1.hangsUp(),
    async () => customer.hangUp(),
  ];
  const hearings: string[][] = [];
  for (const step of steps) {
    await between(world);
    await step();
    await world.settle();
    hearings.push(world.whoHearsWhom());
  }
  await between(world);
  const { story, legs, transfer } = await callOf(world, id);
  const events = story.map(({ event, agent, reason }) => ({ event, agent, reason }));
  const dials = [...world.emulator.engine.world.calls.values()].filter(
    (call) => call.direction === "outbound-api",
  );
  return {
    hearings,
    legs,
    outcome: transfer?.outcome,
    events,
    dials: dials.length,
    problems: world.problems,
  };
}

it("is the same call when callbacks come again, in every order, after each step", async () => {
  const undisturbed = await playTutorial(async () => {});
  expect(undisturbed.dials).toBe(2);
  expect(undisturbed.outcome).toBe("completed");

  await assert(
    asyncProperty(infiniteStream(nat()), async (numbers) => {
      const disturbed = await playTutorial(async (world) => {
        const again = deliveredCallbacks(world.emulator)
          .map((delivery) => ({ delivery, rank: numbers.next().value as number }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ delivery }) => delivery);
        const statuses = await repeatCallbacks(again);
        expect(statuses.filter((status) => status !== 204)).toEqual([]);
        await world.settle();
      });
      expect(disturbed).toEqual(undisturbed);
    }),
    { numRuns: 5 },
  );
}, 60_000);
