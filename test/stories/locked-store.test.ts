import { expect, describe, it } from "vitest";
import { storeThatLocks } from "../support/world/locked-store.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";
import { startWorld } from "../support/world/start-world.ts";

const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];
/** Longer than a write waits for the lock, in ms. */
const LONG = 3_500;

/** The customer talks to agent1, and the store's file can be locked. */
async function talkingOnFile() {
  const store = storeThatLocks();
  const world = await startWorld(["agent1", "agent2"], { start: store.start, holdUp: store.holdUp });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await agent1.answers();
  const id = customer.callSid ?? "";
  return {
    store,
    world,
    agent1,
    agent2,
    customer,
    watch: watchForSilence(world, customer),
    stored: () => store.stored(id),
    readiness: async () => {
      const answer = await fetch(`${world.server.url}/readyz`);
      const { missing } = (await answer.json()) as { missing?: string[] };
      return { status: answer.status, missing };
    },
  };
}

describe("while another program locks the store for longer than a write waits", () => {
  it("a customer whom agent1 leaves hears music within 2 seconds, and then the agent who was ringing", async () => {
    const { store, world, agent1, agent2, watch, stored } = await talkingOnFile();
    await agent1.transfersTo("agent2");
    store.locks();
    await agent1.losesTheLine();
    await watch.during(2_000);
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await watch.during(LONG);
    await agent2.answers();
    await watch.during(5_000);
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect((await stored())?.transfers[0]?.outcome).toBeNull();
    store.unlocks();
    await watch.during(2_000);
    expect((await stored())?.transfers[0]?.outcome).toEqual({ kind: "completed" });
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(watch.tooLong()).toEqual([]);
  });

  it("agents who leave one after the other, before any save, leave the customer with music", async () => {
    const { store, world, agent1, agent2, watch } = await talkingOnFile();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    store.locks();
    await agent1.losesTheLine();
    await watch.during(500);
    await agent2.losesTheLine();
    await watch.during(10_000);
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    expect(watch.tooLong()).toEqual([]);
  });

  it("an operator's command that waits for the lock does not delay the music", async () => {
    const { store, world, agent1, agent2, customer, watch } = await talkingOnFile();
    await agent1.transfersTo("agent2");
    store.locks();
    const order = world.operator(`/api/calls/${customer.callSid}/participants/agent1-1/mute`, {});
    await watch.during(500);
    await agent1.losesTheLine();
    await watch.during(LONG);
    expect((await order).status).toBeGreaterThanOrEqual(409);
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    expect(watch.tooLong()).toEqual([]);
    expect(agent2.person.state).toBe("ringing");
  });

  it("a customer who hangs up stops the ringing, and the server saves the end afterwards", async () => {
    const { store, world, agent1, agent2, customer, stored } = await talkingOnFile();
    await agent1.transfersTo("agent2");
    store.locks();
    customer.hangUp();
    await world.clock.advance(LONG);
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
    store.unlocks();
    await world.clock.advance(2_000);
    expect(await stored()).toMatchObject({ endedBy: "customer" });
  });

  it("the log and /readyz say so, until the lock is gone", async () => {
    const { store, world, agent1, readiness } = await talkingOnFile();
    expect(await readiness()).toMatchObject({ status: 200 });
    store.locks();
    await agent1.losesTheLine();
    await world.clock.advance(LONG);
    expect(world.problems).toContainEqual(expect.stringContaining("Another program locks"));
    const shown = readiness();
    await world.clock.advance(LONG);
    expect(await shown).toMatchObject({ status: 503, missing: ["store"] });
    store.unlocks();
    await world.clock.advance(2_000);
    expect(await readiness()).toMatchObject({ status: 200 });
  });
});
