import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/call/ports.ts";
import { startServer } from "../../src/compose/server.ts";
import { createSystemClock } from "../../src/compose/system-clock.ts";
import type { HistoryAnswer } from "../../src/server/past-calls-api.ts";
import { type World, startWorld } from "../support/world/start-world.ts";

const [MINUTE, HOUR] = [60_000, 3_600_000];

async function history(world: World): Promise<HistoryAnswer["calls"]> {
  const answer = await world.operator("/api/history");
  return ((await answer.json()) as HistoryAnswer).calls;
}

/** A customer waits 10 s, talks for a minute to agent1, then for half a minute to agent2 too, who stays. */
async function tellCall(world: World, meanwhile: () => void = () => {}): Promise<void> {
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await world.clock.advance(10_000);
  await agent1.answers();
  meanwhile();
  await world.clock.advance(60_000);
  // Not by agent1, whom two days sign out.
  const [call] = await world.server.calls();
  await world.operator(`/api/calls/${call?.id}/transfer`, { to: "agent2" });
  await world.settle();
  await agent2.answers();
  await world.clock.advance(30_000);
  await agent1.hangsUp();
  customer.hangUp();
  await world.settle();
}

/** Twilio's times are whole seconds: each length may be a second off. */
async function expectTrueLengths(world: World): Promise<void> {
  const [call, ...others] = await history(world);
  expect(others).toEqual([]);
  const { waitedMs = 0, talkedMs = 0, startedAt = 0, endedAt = 0 } = call ?? {};
  const measured = [waitedMs, talkedMs, endedAt - startedAt];
  const off = [10_000, 90_000, 100_000].map((ms, index) => Math.abs(ms - (measured[index] ?? 0)));
  expect(Math.max(...off), `waited, talked, lasted: ${measured.join(", ")}`).toBeLessThanOrEqual(1_000);
}

const apart = (clock: Clock, skew: number): Clock => ({
  now: () => clock.now() + skew,
  date: () => clock.date() + skew,
  after: (ms, fn) => clock.after(ms, fn),
});

describe("the record keeps the lengths of waits and talks", () => {
  it.each([
    ["with Twilio's clock", 0],
    ["an hour ahead of Twilio", HOUR],
    ["an hour behind", -HOUR],
    ["two days ahead", 48 * HOUR],
    ["two days behind", -48 * HOUR],
    ["400 ms ahead", 400],
    ["400 ms behind", -400],
  ])("on a machine whose clock is %s", async (_, skew) => {
    const world = await startWorld(["agent1", "agent2"], {
      start: (config, deps) => startServer(config, { ...deps, clock: apart(deps.clock, skew) }),
    });
    await tellCall(world);
    await expectTrueLengths(world);
    expect(world.problems).toEqual([]);
  });
});

/** A machine on whose clock somebody sets the time. */
async function settableWorld() {
  let shift = 0;
  const world = await startWorld(["agent1", "agent2"], {
    start(config, deps) {
      const began = deps.clock.now();
      const own = createSystemClock({
        wall: () => deps.clock.now() + shift,
        monotonic: () => deps.clock.now() - began,
      });
      const clock = { ...own, after: deps.clock.after.bind(deps.clock) };
      return startServer(config, { ...deps, clock });
    },
  });
  return { world, sets: (by: number) => void (shift += by) };
}

describe("after the machine's clock is set during a call", () => {
  it.each([
    ["five minutes ahead", 5 * MINUTE],
    ["five minutes back", -5 * MINUTE],
    ["two days ahead", 48 * HOUR],
    ["two days back", -48 * HOUR],
  ])("%s: nobody waits or talks longer for it", async (_, by) => {
    const { world, sets } = await settableWorld();
    await tellCall(world, () => sets(by));
    await expectTrueLengths(world);
  });

  it("the next call gets the new time", async () => {
    const { world, sets } = await settableWorld();
    const before = world.clock.now();
    await tellCall(world, () => sets(48 * HOUR));
    // What is left of the call at Twilio is forgotten.
    await world.clock.advance(MINUTE);
    const customer = await world.customerRings();
    customer.hangUp();
    await world.settle();
    const [last, first] = await history(world);
    expect(first?.startedAt).toBe(before);
    expect(last?.startedAt).toBe(before + 48 * HOUR + 100_000 + MINUTE);
  });

  it("an agent who does not answer stops ringing at the right time", async () => {
    const { world, sets } = await settableWorld();
    const agent1 = await world.agent("agent1", { kind: "never-answers" });
    await world.customerRings();
    sets(-48 * HOUR);
    await world.clock.advance(19_999);
    expect(agent1.person.state).toBe("ringing");
    await world.clock.advance(1);
    expect(agent1.person.state).toBe("idle");
    // After retryAfter, 10 s, the same agent is rung again.
    await world.clock.advance(9_000);
    expect(agent1.person.state).toBe("idle");
    await world.clock.advance(1_000);
    expect(agent1.person.state).toBe("ringing");
  });

  it("sign-in links expire by the machine's clock", async () => {
    const { world, sets } = await settableWorld();
    await world.customerRings();
    const link = await world.server.signInLink("agent1");
    const open = async () => (await fetch(link, { redirect: "manual" })).status;
    sets(11 * HOUR);
    expect(await open()).toBe(303);
    sets(3 * HOUR);
    expect(await open()).toBe(401);
  });
});
