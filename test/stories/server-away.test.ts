import { describe, expect, it } from "vitest";
import { type MortalWorld, hangsUp, isOver, mortalWorld, outcomes } from "../support/world/mortal-world.ts";
import { ringingAgentAnswers } from "../support/world/people-at-work.ts";

const TOGETHER = ["customer hears agent1", "agent1 hears customer"];
const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];
const ALL_TALK = [
  "customer hears agent1, agent2",
  "agent1 hears agent2, customer",
  "agent2 hears agent1, customer",
];

describe.each([
  ["a second", 1_000],
  ["20 seconds", 20_000],
  ["5 minutes", 300_000],
])("a server that is away for %s", (_, ms) => {
  it("while the customer waits: the customer hears music all the time, and then an agent", async () => {
    const scene = await mortalWorld();
    const { agent1, agent2, watch } = scene;
    await agent1.declines();
    await agent2.declines();
    await scene.isAway(ms);
    await watch.during(12_000);
    await ringingAgentAnswers(scene);
    expect(watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("while agent1 rings: an agent answers in the end", async () => {
    const scene = await mortalWorld();
    await scene.isAway(ms);
    await scene.watch.during(15_000);
    await ringingAgentAnswers(scene);
    expect(scene.watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("while customer and agent1 talk: they never notice, and a transfer works", async () => {
    const scene = await mortalWorld();
    const { world, agent1, agent2, watch } = scene;
    await agent1.answers();
    await scene.isAway(ms);
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(outcomes(world)).toEqual(["transfer-completed agent2"]);
    expect(watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("while agent2 rings: the transfer goes on, or has failed once agent2 has rung for long enough", async () => {
    const scene = await mortalWorld();
    const { world, agent1, agent2, watch } = scene;
    await agent1.answers();
    await agent1.transfersTo("agent2");
    await scene.isAway(ms);
    if (agent2.person.state === "ringing") {
      await agent2.answers();
      await agent1.hangsUp();
      expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    } else {
      expect(world.whoHearsWhom()).toEqual(TOGETHER);
      expect(outcomes(world)).toEqual(["transfer-failed agent2"]);
    }
    expect(watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("while all three talk: they talk on, and agent1 leaves", async () => {
    const scene = await mortalWorld();
    await scene.allTalk();
    await scene.isAway(ms);
    expect(scene.world.whoHearsWhom()).toEqual(ALL_TALK);
    await scene.agent1.hangsUp();
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(outcomes(scene.world)).toEqual(["transfer-completed agent2"]);
    await hangsUp(scene);
  });

  it("while all three talk and agent1 leaves: that completes the transfer", async () => {
    const scene = await mortalWorld();
    await scene.allTalk();
    await scene.isAway(ms, () => scene.agent1.person.hangUp());
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(outcomes(scene.world)).toEqual(["transfer-completed agent2"]);
    expect(scene.watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("while the customer hears music and agent2 rings, after agent1 has left", async () => {
    const scene = await mortalWorld();
    const { agent1, watch } = scene;
    await agent1.answers();
    await agent1.transfersTo("agent2");
    await agent1.hangsUp();
    await scene.isAway(ms);
    await watch.during(12_000);
    await ringingAgentAnswers(scene);
    expect(watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("while the customer talks to agent2, who ends the call later", async () => {
    const scene = await mortalWorld();
    await scene.allTalk();
    await scene.agent1.hangsUp();
    await scene.isAway(ms);
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    await scene.agent2.hangsUp();
    await scene.world.clock.advance(15_000);
    await isOver(scene);
  });

  it("while agent2 answers: agent2 cannot join, and customer and agent1 talk on", async () => {
    const scene = await mortalWorld();
    await scene.agent1.answers();
    await scene.agent1.transfersTo("agent2");
    await scene.isAway(ms, () => scene.agent2.person.answer());
    await scene.watch.during(10_000);
    expect(scene.world.whoHearsWhom()).toEqual(TOGETHER);
    expect(outcomes(scene.world)).toEqual(["transfer-failed agent2"]);
    await hangsUp(scene);
  });

  it("while the only agent hangs up: the customer hears music soon after the server is back", async () => {
    const scene = await mortalWorld();
    await scene.agent1.answers();
    await scene.isAway(ms, () => scene.agent1.person.hangUp());
    expect(scene.world.whoHearsWhom()).toContain("customer hears [hold]");
    await ringingAgentAnswers(scene);
    await hangsUp(scene);
  });

  it.each<[string, (scene: MortalWorld) => Promise<void>]>([
    ["who waits", async () => {}],
    ["who talks to agent1", ({ agent1 }) => agent1.answers()],
    [
      "while agent2 rings",
      async ({ agent1 }) => {
        await agent1.answers();
        await agent1.transfersTo("agent2");
      },
    ],
    ["while all three talk", (scene) => scene.allTalk()],
    [
      "who talks to agent2",
      async (scene) => {
        await scene.allTalk();
        await scene.agent1.hangsUp();
      },
    ],
  ])("and misses a customer hanging up %s: nobody is left on the line", async (__, upToHere) => {
    const scene = await mortalWorld();
    await upToHere(scene);
    await scene.isAway(ms, () => scene.customer.hangUp());
    await isOver(scene);
  });
});
