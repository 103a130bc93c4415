import { describe, expect, it } from "vitest";
import { connectOf, dropped, held, joinOf } from "../support/world/fates.ts";
import { type Fate, type Passing, createGate } from "../support/world/gate.ts";
import { startWorld } from "../support/world/start-world.ts";

const TOGETHER = ["customer hears agent1", "agent1 hears customer"];

/** agent2 rings for a transfer; something may be stopped on its way from Twilio to the server. */
async function agent2Rings(fits: (request: Passing) => boolean, fate: Fate) {
  const gate = createGate();
  const world = await startWorld(["agent1", "agent2"], { webhooksThrough: gate.through });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await agent1.answers();
  await agent1.transfersTo("agent2");
  await agent2.person.until("ringing");
  gate.stop(fits, fate);
  const [call] = await world.server.calls();
  const cancel = (): Promise<Response> => world.operator(`/api/calls/${call?.id}/transfer/cancel`, {});
  const liveLegs = (): string[] =>
    [...world.emulator.engine.world.calls.values()]
      .filter(({ endTime }) => endTime === null)
      .map(({ to }) => to);
  /** agent2 answers; the transfer is cancelled while a request of that answer is held, which then goes on. */
  const cancelAt = async (moment: ReturnType<typeof held>): Promise<void> => {
    agent2.person.answer();
    await moment.hasCome;
    expect((await cancel()).status).toBe(200);
    await world.server.idle();
    moment.release();
    await world.settle();
  };
  return { world, customer, agent1, agent2, cancel, cancelAt, liveLegs };
}

describe("a transfer that is cancelled at the moment when agent2 answers", () => {
  it("leaves customer and agent1 talking if agent2's join was not reported yet", async () => {
    const join = held("request");
    const { world, agent2, cancelAt } = await agent2Rings(joinOf("agent2-1"), join.fate);
    await cancelAt(join);
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
    expect(agent2.person.state).toBe("idle");
    expect(world.events().filter((event) => event.startsWith("transfer-"))).toEqual([
      "transfer-started agent2",
      "transfer-cancelled agent2",
    ]);
    expect(world.problems).toEqual([]);
  });

  it("leaves them talking if agent2 already got the TwiML of the conference", async () => {
    const connect = held("answer");
    const { world, agent2, cancelAt } = await agent2Rings(connectOf("agent2-1"), connect.fate);
    await cancelAt(connect);
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
    expect(agent2.person.state).toBe("idle");
  });

  it("lets agent2 hear that another person took the call if agent2 answers later", async () => {
    const connect = held("request");
    const { world, agent2, cancelAt } = await agent2Rings(connectOf("agent2-1"), connect.fate);
    await cancelAt(connect);
    expect(world.whoHearsWhom()).toEqual(expect.arrayContaining(TOGETHER));
    expect(agent2.person.captions.at(-1)).toMatch(/taken by somebody else/);
    await world.clock.advance(5_000);
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
    expect(agent2.person.state).toBe("idle");
  });

  it("removes agent2 within 5 seconds even if the join callback is lost", async () => {
    const { world, agent2, cancel } = await agent2Rings(joinOf("agent2-1"), dropped);
    await agent2.answers();
    expect((await cancel()).status).toBe(200);
    await world.settle();
    await world.clock.advance(5_000);
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
    expect(agent2.person.state).toBe("idle");
    await agent2.shows("that agent2 is free", ({ state }) => state === "free");
  });
});

describe("a customer who hangs up at the moment when agent2 answers", () => {
  it.each([
    ["after agent2 got the TwiML of the conference", "answer"],
    ["before agent2 requests the TwiML of the conference", "request"],
  ] as const)("%s, leaves no leg up after 5 seconds", async (_, what) => {
    const connect = held(what);
    const { world, customer, agent1, agent2, liveLegs } = await agent2Rings(
      connectOf("agent2-1"),
      connect.fate,
    );
    agent2.person.answer();
    await connect.hasCome;
    customer.hangUp();
    await world.server.idle();
    connect.release();
    await world.settle();
    await world.clock.advance(5_000);
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
    expect(liveLegs()).toEqual([]);
    expect(await world.server.calls()).toEqual([]);
    await agent2.shows("that agent2 is free", ({ state }) => state === "free");
  });

  it("leaves no leg up after 5 seconds if agent2's join callback is lost", async () => {
    const { world, customer, agent2, liveLegs } = await agent2Rings(joinOf("agent2-1"), dropped);
    await agent2.answers();
    customer.hangUp();
    await world.settle();
    await world.clock.advance(5_000);
    expect(liveLegs()).toEqual([]);
    expect(agent2.person.state).toBe("idle");
  });
});
