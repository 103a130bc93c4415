import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { NUMBER } from "../support/test-config.ts";
import { type LosingWorld, losingWorld } from "./support/losing-world.ts";

/** `graceSeconds` of the test's configuration. */
const GRACE_MS = 30_000;

/** agent1 is lost in a real Chromium; the page is ready again afterwards. */
const WAYS = {
  "kill -9": {
    lose: ({ agent1 }: LosingWorld) => agent1.kill(),
    comeBack: ({ agent1 }: LosingWorld) => agent1.open(),
  },
  "a refresh": {
    lose: ({ agent1 }: LosingWorld) => agent1.refresh(),
    comeBack: ({ agent1 }: LosingWorld) => agent1.untilReady(),
  },
  "a closed tab": {
    lose: ({ agent1 }: LosingWorld) => agent1.closeTab(),
    comeBack: ({ agent1 }: LosingWorld) => agent1.open(),
  },
  sleep: {
    lose: async ({ agent1 }: LosingWorld) => agent1.freeze(),
    comeBack: async ({ agent1 }: LosingWorld) => {
      agent1.thaw();
      await agent1.untilReady();
    },
  },
};
type Way = keyof typeof WAYS;

const talks = async ({ customer, agent1, hears }: LosingWorld): Promise<void> => {
  await customer.call(NUMBER);
  await agent1.press("Answer");
  await expect.poll(hears).toBe("customer hears agent1");
};
const rings = async (world: LosingWorld, mode = "Bring in"): Promise<void> => {
  await talks(world);
  await world.agent1.transfer(mode);
  await world.agent2.person.until("ringing");
};
const answers = async ({ agent2, hears }: LosingWorld, expected: string): Promise<void> => {
  await agent2.answers();
  await expect.poll(hears).toBe(`customer hears ${expected}`);
};
const PHASES = {
  "a talk": talks,
  "a transfer that rings": rings,
  "a consultation": async (world: LosingWorld) => {
    await rings(world, "Consult first");
    await answers(world, "[hold]");
  },
  "a talk of all three": async (world: LosingWorld) => {
    await rings(world);
    await answers(world, "agent1, agent2");
  },
};
type Phase = keyof typeof PHASES;

/** Who talks to the customer afterwards, and what that agent has to do for it. */
async function nextTalks(world: LosingWorld, way: Way, phase: Phase): Promise<string> {
  if (phase === "a talk" && way === "a refresh") {
    await world.agent1.press("Answer");
    return "customer hears agent1";
  }
  if (phase === "a talk" || phase === "a transfer that rings") await world.agent2.answers();
  return "customer hears agent2";
}

const CASES = (Object.keys(WAYS) as Way[]).flatMap((way) =>
  (Object.keys(PHASES) as Phase[]).map((phase) => ({ way, phase })),
);

describe("an agent who is lost by", () => {
  let world: LosingWorld;
  beforeAll(async () => void (world = await losingWorld()));
  afterAll(() => world?.close());

  afterEach(async () => {
    world.customer.hangUp();
    await expect.poll(world.isOver).toBe(true);
    await world.agent2.shows("that agent2 is free", ({ state }) => state === "free");
  });

  it.each(CASES)("$way in $phase: the customer is in no silence, and talks again", async ({ way, phase }) => {
    await PHASES[phase](world);
    world.longestSilence();
    const [leg] = world.legsOfAgent1();
    await WAYS[way].lose(world);
    await expect.poll(world.legsOfAgent1, { timeout: 20_000 }).not.toContain(leg);
    const noticed = performance.now();
    const expected = await nextTalks(world, way, phase);
    await expect.poll(world.hears, { timeout: GRACE_MS }).toBe(expected);
    expect(performance.now() - noticed).toBeLessThan(GRACE_MS);
    expect(world.longestSilence()).toBeLessThan(2_000);
    world.customer.hangUp();
    await WAYS[way].comeBack(world);
  });
});
