import { describe, expect, it } from "vitest";
import type { Config } from "../../src/config/config.ts";
import { type MortalWorld, isOver, mortalWorld } from "../support/world/mortal-world.ts";

const IN_DOUBT = /^If you can no longer hear each other/;
const WITH_AGENT1 = ["agent1 hears customer", "customer hears agent1"];

const hears = ({ world }: MortalWorld): string[] => world.whoHearsWhom().toSorted();
const announced = ({ customer }: MortalWorld): number =>
  customer.captions.filter((caption) => IN_DOUBT.test(caption)).length;

/** agent1 talks to the customer; nothing is known of agent2 but the page, which answers. */
async function talk(whenWindowGone: NonNullable<Config["whenWindowGone"]> = "announce") {
  const scene = await mortalWorld(["agent1", "agent2"], {}, { whenWindowGone });
  await scene.agent1.answers();
  /** Time passes, and agent2's page is heard all the while. */
  const passes = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 4_000) {
      await scene.watch.during(Math.min(4_000, ms - passed));
      await scene.agent2.setReady(true);
    }
  };
  await passes(8_000);
  return { ...scene, passes };
}

async function ends(scene: MortalWorld): Promise<void> {
  scene.customer.hangUp();
  await scene.world.settle();
  for (const agent of [scene.agent1, scene.agent2]) await agent.reconnects();
  await isOver(scene);
}

describe("the page of the agent in a talk is gone, and others answer", () => {
  it("for 8 s: the customer hears one announcement; agent2 rings when Twilio reports the leg gone", async () => {
    const scene = await talk();
    const { agent1, agent2, passes, watch } = scene;
    await agent1.closesPage();
    await passes(7_500);
    expect(announced(scene)).toBe(0);
    await passes(1_000);
    expect(announced(scene)).toBe(1);
    expect(hears(scene)).toEqual(WITH_AGENT1);
    await passes(20_000);
    expect([announced(scene), hears(scene), agent2.person.state]).toEqual([1, WITH_AGENT1, "idle"]);
    await agent1.losesTheLine();
    expect(agent2.person.state).toBe("ringing");
    await agent2.answers();
    expect(hears(scene)).toEqual(["agent2 hears customer", "customer hears agent2"]);
    expect(watch.tooLong()).toEqual([]);
    await ends(scene);
  });

  it("although the agent's other window answers: the customer hears the announcement", async () => {
    const scene = await talk();
    const { agent1, passes } = scene;
    await agent1.opensAnotherWindow();
    await passes(4_000);
    await agent1.closesPage();
    await passes(8_500);
    expect([announced(scene), hears(scene)]).toEqual([1, WITH_AGENT1]);
    await ends(scene);
  });

  it("and is back in time: the customer hears no announcement", async () => {
    const scene = await talk();
    const { agent1, passes } = scene;
    await agent1.closesPage();
    await passes(7_500);
    await agent1.reconnects();
    await passes(20_000);
    expect([announced(scene), hears(scene)]).toEqual([0, WITH_AGENT1]);
    await ends(scene);
  });

  it("with ring-another: agent2 rings at once, and stays when the dead leg goes", async () => {
    const scene = await talk("ring-another");
    const { agent1, agent2, passes, watch } = scene;
    await agent1.closesPage();
    await passes(8_500);
    expect([announced(scene), agent2.person.state]).toEqual([1, "ringing"]);
    await agent2.answers();
    await passes(8_000);
    expect(hears(scene)).toEqual([
      "agent1 hears agent2, customer",
      "agent2 hears agent1, customer",
      "customer hears agent1, agent2",
    ]);
    await agent1.losesTheLine();
    expect(hears(scene)).toEqual(["agent2 hears customer", "customer hears agent2"]);
    expect(watch.tooLong()).toEqual([]);
    await ends(scene);
  });

  it("with ring-another, and is back while agent2 rings: agent2 stops ringing", async () => {
    const scene = await talk("ring-another");
    const { agent1, agent2, passes } = scene;
    await agent1.closesPage();
    await passes(8_500);
    expect(agent2.person.state).toBe("ringing");
    await agent1.reconnects();
    await passes(12_000);
    expect([agent2.person.state, hears(scene)]).toEqual(["idle", WITH_AGENT1]);
    await ends(scene);
  });

  it("with nothing: there is no announcement, and no agent rings", async () => {
    const scene = await talk("nothing");
    const { agent1, agent2, passes } = scene;
    await agent1.closesPage();
    await passes(20_000);
    expect([announced(scene), agent2.person.state, hears(scene)]).toEqual([0, "idle", WITH_AGENT1]);
    await ends(scene);
  });
});

describe("all pages are gone at once", () => {
  it("the server plays no announcement until the other pages are back for 8 s", async () => {
    const scene = await talk();
    const { agent1, agent2, passes, watch } = scene;
    await agent1.closesPage();
    await agent2.closesPage();
    await watch.during(30_000);
    expect([announced(scene), hears(scene)]).toEqual([0, WITH_AGENT1]);
    await agent2.reconnects();
    await passes(7_500);
    expect(announced(scene)).toBe(0);
    await passes(9_000);
    expect(announced(scene)).toBe(1);
    await ends(scene);
  });
});
