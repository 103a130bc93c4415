import { describe, expect, it } from "vitest";
import { asks, refused } from "../support/world/fates.ts";
import { talkingWithGate } from "../support/world/rest-faults.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";

describe("a customer whose hold fails at Twilio", () => {
  it.each([
    ["500", refused(500, 20500)],
    ["401", refused(401, 20003)],
  ])("hears an announcement within 2 seconds, and then agent2: %s", async (_, fate) => {
    const { rest, world, agent1, agent2, customer } = await talkingWithGate();
    const watch = watchForSilence(world, customer);
    await agent1.transfersTo("agent2");
    rest.stop(asks.hold, fate, 5);
    await agent1.losesTheLine();
    await watch.during(2_500);
    expect(world.whoHearsWhom()).toEqual(["customer hears [announcement]"]);
    await watch.during(14_000);
    expect(watch.tooLong()).toEqual([]);
    await agent2.answers();
    // What is said by then ends by itself.
    await world.clock.advance(11_000);
    expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  });
});
