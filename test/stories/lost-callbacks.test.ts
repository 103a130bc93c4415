import { describe, expect, it } from "vitest";
import { answerLost, asks, dropped, refused, webPage } from "../support/world/fates.ts";
import { type Passing, createGate } from "../support/world/gate.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";
import { type WorldOptions, startWorld } from "../support/world/start-world.ts";
import { ringingAgentAnswers } from "../support/world/people-at-work.ts";

/** A customer has rung; gates stand before Twilio's REST API and before the server. */
async function gatedWorld(exceptions: WorldOptions["exceptions"] = {}) {
  const [rest, hooks] = [createGate(), createGate()];
  const world = await startWorld(["agent1", "agent2"], {
    restThrough: rest.through,
    webhooksThrough: hooks.through,
    exceptions,
  });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  const watch = watchForSilence(world, customer);
  const surveys = (): number =>
    rest.seen.filter(({ name }) => /^GET .*\/Participants\.json$/.test(name)).length;
  return {
    rest,
    hooks,
    world,
    agent1,
    agent2,
    customer,
    watch,
    surveys,
    dials: () => rest.seen.filter(({ name }) => /^POST .*\/Calls\.json$/.test(name)).length,
    /** The server has just surveyed the call: the next time is as far off as it can be. */
    justSurveyed: async (): Promise<void> => {
      for (const before = surveys(); surveys() === before;) await watch.during(500);
    },
    /** For three seconds no callback reaches the server, and every page loses its connection. */
    urlFails: async (meanwhile: () => void): Promise<void> => {
      hooks.shut(webPage(502));
      meanwhile();
      await watch.during(3_000);
      hooks.open();
      await Promise.all([agent1.reconnects(), agent2.reconnects()]);
    },
  };
}

const reports =
  (event: string, label: string) =>
  ({ form }: Passing): boolean =>
    form.get("StatusCallbackEvent") === event && form.get("ParticipantLabel") === label;
const hasEnded =
  (agent: string) =>
  ({ name, form }: Passing): boolean =>
    name.endsWith("/call/events") &&
    form.get("CallStatus") === "completed" &&
    form.get("To") === `client:${agent}`;

const longest = (gaps: readonly number[]): number => Math.max(0, ...gaps);
/** The server surveys every call so often, in ms, and the watch looks every half second. */
const UNTIL_SURVEYED = 15_500;

const untilSurveyed = { ms: UNTIL_SURVEYED, because: "no callback says so before the next survey" };
const GONE_UNSEEN = { forNothing: untilSurveyed, staleCall: untilSurveyed };
const LEFT_UNSEEN = { silence: untilSurveyed, busyForNothing: untilSurveyed };

describe("a customer who hangs up while the public URL fails", () => {
  it.each([
    ["ignore", async () => {}],
    ["decline", async ({ agent1 }: Awaited<ReturnType<typeof gatedWorld>>) => agent1.declines()],
  ])("keeps no agent from others: they %s the ring", async (_, react) => {
    const scene = await gatedWorld(GONE_UNSEEN);
    const { world, agent1, agent2, customer, dials } = scene;
    await scene.urlFails(() => customer.hangUp());
    await react(scene);
    await world.clock.advance(20_000);
    expect(dials()).toBe(1);
    expect(await world.server.calls()).toEqual([]);
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
  });

  it("leaves no agent who answers alone", async () => {
    const { world, agent1, customer, urlFails } = await gatedWorld();
    await urlFails(() => customer.hangUp());
    await agent1.answers();
    await world.clock.advance(5_000);
    expect(agent1.person.state).toBe("idle");
    expect(await world.server.calls()).toEqual([]);
  });

  it("makes no agent ring again when both agents declined before", async () => {
    const { world, agent1, agent2, customer, dials, urlFails } = await gatedWorld(GONE_UNSEEN);
    await agent1.declines();
    await agent2.declines();
    await urlFails(() => customer.hangUp());
    for (let minutes = 0; minutes < 30; minutes++) await world.clock.advance(60_000);
    expect(dials()).toBeLessThanOrEqual(3);
    expect(await world.server.calls()).toEqual([]);
  }, 60_000);
});

describe("after agent1's join callback is lost", () => {
  it("the server learns of the join 3 seconds later, and a transfer works", async () => {
    const { world, hooks, agent1, agent2, watch, surveys } = await gatedWorld();
    hooks.stop(reports("participant-join", "agent1-1"), dropped);
    await agent1.answers();
    const before = surveys();
    await watch.during(3_000);
    expect(surveys()).toBe(before + 1);
    await agent1.transfersTo("agent2");
    await agent2.answers();
    expect(world.whoHearsWhom()).toContain("customer hears agent1, agent2");
  });

  it.each([
    ["2", 2_000],
    ["20", 20_000],
  ])("nor has gone after %s seconds, the customer is not left in silence", async (_, ms) => {
    const { world, hooks, agent1, agent2, watch } = await gatedWorld();
    await agent2.setReady(false);
    hooks.stop(reports("participant-join", "agent1-1"), dropped);
    hooks.stop(reports("participant-leave", "agent1-1"), dropped);
    await agent1.answers();
    await watch.during(ms);
    await agent1.losesTheLine();
    await watch.during(60_000);
    expect(watch.tooLong()).toEqual([]);
    expect(world.problems).toEqual([]);
  });

  it("and agent1's leave callback, too, the customer is in silence until the next survey", async () => {
    const { world, hooks, agent1, agent2, watch, justSurveyed } = await gatedWorld(LEFT_UNSEEN);
    hooks.stop(reports("participant-join", "agent1-1"), dropped);
    hooks.stop(reports("participant-leave", "agent1-1"), dropped);
    hooks.stop(hasEnded("agent1"), dropped);
    await agent1.answers();
    await watch.during(5_000);
    await justSurveyed();
    await agent1.transfersTo("agent2");
    await agent1.losesTheLine();
    await watch.during(17_000);
    expect(longest(watch.tooLong())).toBeLessThanOrEqual(UNTIL_SURVEYED);
    expect(world.whoHearsWhom()).toContain("customer hears [hold]");
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  });
});

describe("after the last agent's leave callback is lost", () => {
  it("the customer hears nothing until the next survey, then music, and another agent rings", async () => {
    const { world, hooks, agent1, agent2, watch, justSurveyed } = await gatedWorld(LEFT_UNSEEN);
    await agent1.answers();
    await justSurveyed();
    hooks.stop(reports("participant-leave", "agent1-1"), dropped);
    hooks.stop(hasEnded("agent1"), dropped);
    await agent1.losesTheLine();
    await watch.during(17_000);
    expect(longest(watch.tooLong())).toBeLessThanOrEqual(UNTIL_SURVEYED);
    expect(world.whoHearsWhom()).toContain("customer hears [hold]");
    await ringingAgentAnswers({ world, agent1, agent2 });
  });
});

describe("a target whose dial got no answer and whose hang-up was refused", () => {
  it("stops ringing within 5 seconds", async () => {
    const { world, rest, agent1, agent2 } = await gatedWorld();
    await agent1.answers();
    rest.stop(asks.dial("agent2"), answerLost);
    rest.stop(asks.hangUp, refused(500, 20500));
    await agent1.transfersTo("agent2");
    await world.clock.advance(5_000);
    expect(agent2.person.state).toBe("idle");
    expect(world.whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
  });
});

it("the server makes four requests a minute to Twilio during a talk", async () => {
  const { world, rest, agent1 } = await gatedWorld();
  await agent1.answers();
  await world.clock.advance(15_000);
  const before = rest.seen.length;
  await world.clock.advance(600_000);
  expect(rest.seen.length - before).toBe(40);
});
