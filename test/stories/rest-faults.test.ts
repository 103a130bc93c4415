import { describe, expect, it } from "vitest";
import { asks, refused } from "../support/world/fates.ts";
import { FAULTS, talkingWithGate } from "../support/world/rest-faults.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";

/** Twilio does not find somebody who is there. */
const CONTRADICTIONS: typeof FAULTS = [
  ["404 20404", refused(404, 20404), 1],
  ["400 21220", refused(400, 21220), 1],
];
const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];

describe("a customer whom agent1 has left alone hears music within 2 seconds", () => {
  it.each([...FAULTS, ...CONTRADICTIONS])("if the first answer is %s", async (_, fate, times) => {
    const { rest, world, agent1, agent2, customer } = await talkingWithGate();
    const watch = watchForSilence(world, customer);
    await agent1.transfersTo("agent2");
    // The fourth try of one request is the last one of the library's own.
    rest.stop(asks.hold, fate, Math.min(times, 4));
    await agent1.hangsUp();
    await watch.during(10_000);
    expect(watch.tooLong()).toEqual([]);
    expect(world.whoHearsWhom()).toContain("customer hears [hold]");
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
  });

  it("or as soon as Twilio carries out the request, however late", async () => {
    const { rest, world, agent1 } = await talkingWithGate();
    await agent1.transfersTo("agent2");
    rest.stop(asks.hold, refused(503, 20503), 5);
    await agent1.hangsUp();
    // Until then there are announcements, the last of which ends by itself.
    await world.clock.advance(24_000);
    expect(world.whoHearsWhom()).toContain("customer hears [hold]");
  });
});

describe("the server takes the customer off hold when agent2 joins,", () => {
  it.each([...FAULTS, ...CONTRADICTIONS])("even if the first answer is %s", async (_, fate, times) => {
    const { rest, world, agent1, agent2 } = await talkingWithGate();
    await agent1.transfersTo("agent2");
    await agent1.hangsUp();
    rest.stop(asks.unhold, fate, times);
    await agent2.answers();
    await world.clock.advance(times === 1 ? 2_000 : 4_000);
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
  });
});

describe("a leg that is no longer needed", () => {
  it.each(FAULTS)(
    "stops ringing within 5 seconds when its hang-up is answered with %s",
    async (_, fate, times) => {
      const { rest, world, agent1, agent2, customer } = await talkingWithGate();
      await agent1.transfersTo("agent2");
      rest.stop(asks.hangUp, fate, times);
      customer.hangUp();
      await world.settle();
      await world.clock.advance(5_000);
      expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
    },
  );
});

describe("a target who passed the customer on may leave,", () => {
  it.each(FAULTS)("even if the first answer to clearing the end flag is %s", async (_, fate, times) => {
    const { rest, world, agent1, agent2 } = await talkingWithGate(["agent1", "agent2", "agent3"]);
    const agent3 = await world.agent("agent3");
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    rest.stop(asks.flag, fate, times);
    await agent2.transfersTo("agent3");
    await agent3.answers();
    await world.clock.advance(5_000);
    await agent2.hangsUp();
    expect(world.whoHearsWhom()).toEqual(["customer hears agent3", "agent3 hears customer"]);
  });
});

describe("the last agent who leaves ends the call with a closing sentence,", () => {
  it.each(FAULTS)("even if the first answer to ending the conference is %s", async (_, fate, times) => {
    const { rest, world, agent1, customer } = await talkingWithGate();
    rest.stop(asks.endConference, fate, times);
    await agent1.hangsUp();
    await world.clock.advance(times === 1 ? 2_000 : 4_000);
    expect(customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
    await world.clock.advance(15_000);
    expect(customer.state).toBe("idle");
  });
});
