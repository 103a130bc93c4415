import { describe, expect, it } from "vitest";
import { answerLost, asks, held, refused } from "../support/world/fates.ts";
import { NOT_DONE, talkingWithGate, worldWithGate } from "../support/world/rest-faults.ts";
import { ringingAgentAnswers } from "../support/world/people-at-work.ts";

const TOGETHER = ["customer hears agent1", "agent1 hears customer"];
const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];

describe("after a failed dial of the first agent", () => {
  it.each(NOT_DONE)("with %s, the customer hears music and the next agent rings", async (_, fate) => {
    const { rest, world, agent1, agent2 } = await worldWithGate();
    rest.stop(asks.dial("agent1"), fate);
    await world.customerRings();
    expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);
    expect(agent1.person.state).toBe("idle");
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(world.problems).toHaveLength(1);
  });

  it("with 429 once, the agent still rings, once", async () => {
    const { rest, world, agent1, legsTo } = await worldWithGate();
    rest.stop(asks.dial("agent1"), refused(429, 20429));
    await world.customerRings();
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
    expect(legsTo("agent1")).toHaveLength(1);
  });

  it("and of every other one, the customer hears music until Twilio works again", async () => {
    const { rest, world, agent1 } = await worldWithGate();
    rest.stop(({ name }) => name.endsWith("/Calls.json"), refused(503, 20503), 4);
    await world.customerRings();
    await world.clock.advance(9_000);
    expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);
    await world.clock.advance(15_000);
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });

  it("that failed only in its answer, no agent rings for nothing", async () => {
    const { rest, world, agent1, agent2 } = await worldWithGate();
    rest.stop(asks.dial("agent1"), answerLost);
    await world.customerRings();
    const ringing = [agent1, agent2].filter(({ person }) => person.state === "ringing");
    expect(ringing).toHaveLength(1);
    await ringing[0]?.answers();
    await world.clock.advance(5_000);
    expect(world.whoHearsWhom()).toHaveLength(2);
    expect([agent1, agent2].filter(({ person }) => person.state !== "idle")).toEqual(ringing);
  });
});

describe("a dial whose answer comes late", () => {
  it.each(["answer", "answer that gets lost"] as const)(
    "does not separate customer and agent1, who talk meanwhile: %s",
    async (what) => {
      const { rest, world, agent1, legsTo } = await worldWithGate();
      const dial = held(what);
      rest.stop(asks.dial("agent1"), dial.fate);
      const customer = world.emulator.people.add("+15550111111");
      await customer.call("+15550100000");
      await agent1.person.until("ringing");
      agent1.person.answer();
      await agent1.shows("the call", ({ state }) => state === "in-call");
      dial.release();
      await world.settle();
      await world.clock.advance(30_000);
      expect(world.whoHearsWhom()).toEqual(TOGETHER);
      expect(legsTo("agent1")).toHaveLength(1);
    },
  );

  it.each(["answer", "answer that gets lost"] as const)(
    "does not remove agent2, whom agent1 has brought in: %s",
    async (what) => {
      const { rest, world, agent1, agent2, legsTo } = await talkingWithGate();
      const dial = held(what);
      rest.stop(asks.dial("agent2"), dial.fate);
      const transferring = agent1.transfersTo("agent2");
      await agent2.person.until("ringing");
      agent2.person.answer();
      await agent1.shows("agent2 in the call", ({ call }) => call?.transfer?.phase === "together");
      dial.release();
      await transferring;
      await agent1.hangsUp();
      await world.clock.advance(30_000);
      expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
      expect(legsTo("agent2")).toHaveLength(1);
    },
  );
});

describe("after a failed dial of a transfer", () => {
  it.each(NOT_DONE)(
    "with %s, customer and agent1 talk on, agent1's page says so, and a second try works",
    async (_, fate) => {
      const { rest, world, agent1, agent2, legsTo } = await talkingWithGate();
      rest.stop(asks.dial("agent2"), fate);
      await agent1.transfersTo("agent2");
      expect(world.whoHearsWhom()).toEqual(TOGETHER);
      const { call } = await agent1.shows("the outcome", (view) => view.call?.transfer?.phase === "ended");
      expect(call?.transfer).toMatchObject({ outcome: "failed", reason: "error" });
      expect(legsTo("agent2")).toEqual([]);
      await agent1.transfersTo("agent2");
      await agent2.answers();
      await agent1.hangsUp();
      expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    },
  );

  it("with 429 ten times, the server does not dial again later", async () => {
    const { rest, world, agent1, agent2, legsTo } = await talkingWithGate();
    rest.stop(asks.dial("agent2"), refused(429, 20429), 10);
    await agent1.transfersTo("agent2");
    await agent1.shows("the outcome", ({ call }) => call?.transfer?.outcome === "failed");
    await world.clock.advance(60_000);
    expect(legsTo("agent2")).toEqual([]);
    expect(agent2.person.state).toBe("idle");
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });

  it("that failed only in its answer, agent2 rings once, and joins or is hung up", async () => {
    const { rest, world, agent1, agent2, legsTo } = await talkingWithGate();
    rest.stop(asks.dial("agent2"), answerLost);
    await agent1.transfersTo("agent2");
    expect(legsTo("agent2")).toHaveLength(1);
    const isOpen = agent2.person.state === "ringing";
    const { call } = await agent1.shows("what became of it", (view) => view.call?.transfer != null);
    expect(call?.transfer?.outcome).toBe(isOpen ? null : "failed");
    if (isOpen) await agent2.answers();
    await world.clock.advance(5_000);
    expect(world.whoHearsWhom()).toHaveLength(isOpen ? 3 : 2);
  });

  it("whose starter has left, the customer hears music and gets another agent", async () => {
    const { rest, world, agent1, agent2 } = await talkingWithGate();
    const dial = held("answer that gets lost");
    rest.stop(asks.dial("agent2"), (pass) =>
      dial.fate(async () => (await refused(500, 20500)(pass)) ?? (await pass())),
    );
    const transferring = agent1.transfersTo("agent2");
    await dial.hasCome;
    agent1.person.hangUp();
    await agent1.shows("that agent1 is free", ({ state }) => state === "free");
    dial.release();
    await transferring;
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await ringingAgentAnswers({ world, agent1, agent2 });
  });
});
