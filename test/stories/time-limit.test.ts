import { paintFor } from "../../src/cli/terminal/colour.ts";
import { describe, expect, it } from "vitest";
import { historyTable } from "../../src/cli/views/history-table.ts";
import { storyWords } from "../../src/cli/live/story-words.ts";
import { startServer } from "../../src/compose/server.ts";
import type { HistoryAnswer, PastCall } from "../../src/server/past-calls-api.ts";
import type { Exceptions } from "../support/world/invariant-watch.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";
import { type World, startWorld } from "../support/world/start-world.ts";

const TOO_LONG =
  "This call has reached its longest duration and ends now. Please call again if you need more help. Goodbye.";
const MINUTE = 60_000;

/** A server whose calls may last so long. */
const worldFor = (maxCallMinutes: number, exceptions: Exceptions = {}): Promise<World> =>
  startWorld(["agent1", "agent2"], {
    exceptions,
    start: (config, deps) => startServer({ ...config, maxCallMinutes }, deps),
  });

async function history(world: World): Promise<PastCall[]> {
  const answer = await world.operator("/api/history");
  return ((await answer.json()) as HistoryAnswer).calls;
}

const endedBy = async (world: World): Promise<string[]> => (await history(world)).map((call) => call.endedBy);

/** What happened to the customer and the call at last, in words. */
const endOf = ({ story }: World): string[] =>
  story.filter(({ event }) => event === "customer-left" || event === "call-ended").map(storyWords);

describe("a call that reaches its time limit", () => {
  it("ends with a sentence that says so, and history shows the time limit", async () => {
    const world = await worldFor(2);
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    const customer = await world.customerRings();
    const watch = watchForSilence(world, customer);
    await agent1.answers();
    await watch.during(60_000);
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await watch.during(29_500);
    expect(world.whoHearsWhom()).toHaveLength(3);
    await watch.during(500);
    expect(customer.captions.at(-1)).toBe(TOO_LONG);
    await watch.during(15_000);
    expect([customer.state, agent1.person.state, agent2.person.state]).toEqual(["idle", "idle", "idle"]);
    expect(await endedBy(world)).toEqual(["time-limit"]);
    expect(historyTable(await history(world), paintFor(false, {}))[1]).toMatch(/ {2}time limit {2}/);
    expect(endOf(world).toSorted()).toEqual([
      "the call is over: it reached its time limit",
      "the customer leaves",
    ]);
    expect(watch.tooLong()).toEqual([]);
    expect(world.problems).toEqual([]);
  });

  it("while agent2 rings stops the ringing, and the transfer does not count as abandoned by the customer", async () => {
    const world = await worldFor(1);
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    await world.customerRings();
    await agent1.answers();
    await world.clock.advance(20_000);
    await agent1.transfersTo("agent2");
    await world.clock.advance(10_000);
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
    expect(world.story.map(storyWords)).toContain(
      "the call ended before the transfer to agent2 was complete",
    );
  });

  it("in which no agent came ends with an apology", async () => {
    const world = await worldFor(1);
    const customer = await world.customerRings();
    await world.clock.advance(30_000);
    expect(customer.captions.at(-1)).toMatch(/^We are sorry, nobody can take your call/);
    expect(await endedBy(world)).toEqual(["time-limit"]);
  });

  it("is four hours by default; an agent who joined late is not cut first", async () => {
    const world = await startWorld();
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    const customer = await world.customerRings();
    await agent1.answers();
    await world.clock.advance(180 * MINUTE);
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    await world.clock.advance(59.5 * MINUTE - 1);
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
    await world.clock.advance(1);
    expect(customer.captions.at(-1)).toBe(TOO_LONG);
    expect(await endedBy(world)).toEqual(["time-limit"]);
  });

  it("of the account, which is shorter than ours, ends for that reason", async () => {
    const world = await worldFor(1440, {
      cutOff: {
        ms: Infinity,
        because: "Twilio ends a call at the account's limit without asking for its end",
      },
    });
    const agent1 = await world.agent("agent1");
    const customer = await world.customerRings();
    await agent1.answers();
    await world.clock.advance(240 * MINUTE);
    expect([customer.state, agent1.person.state]).toEqual(["idle", "idle"]);
    expect(await endedBy(world)).toEqual(["time-limit"]);
  });
});

describe("a call that ends before its time limit", () => {
  it.each<[string, (world: World, people: { customer: () => void; agent: () => Promise<void> }) => unknown]>([
    ["customer", (_, { customer }) => customer()],
    ["agent", (_, { agent }) => agent()],
    [
      "operator",
      async (world) => {
        const [call] = await world.server.calls();
        await world.operator(`/api/calls/${call?.id}/end`, {});
      },
    ],
  ])("counts as ended by the %s", async (who, end) => {
    const world = await worldFor(2);
    const agent1 = await world.agent("agent1");
    const customer = await world.customerRings();
    await agent1.answers();
    await world.clock.advance(80_000);
    await end(world, { customer: () => customer.hangUp(), agent: () => agent1.hangsUp() });
    await world.settle();
    await world.clock.advance(15_000);
    expect(await endedBy(world)).toEqual([who]);
    expect(endOf(world).includes("the customer hangs up")).toBe(who === "customer");
  });
});

it("the customer hears music after Twilio cuts an agent's leg", async () => {
  const world = await startWorld();
  const agent1 = await world.agent("agent1");
  const customer = await world.customerRings();
  const watch = watchForSilence(world, customer);
  await agent1.answers();
  const { engine } = world.emulator;
  const leg = [...engine.world.calls.values()].find((call) => call.to === "client:agent1");
  if (!leg) throw new Error("Nobody was dialled.");
  engine.updateCall(leg, { timeLimit: 5 });
  await watch.during(20_000);
  // Nobody wanted that: the customer gets the same agent again.
  expect(agent1.person.state).toBe("ringing");
  await agent1.answers();
  expect(world.whoHearsWhom()).toContain("customer hears agent1");
  expect(watch.tooLong()).toEqual([]);
});
