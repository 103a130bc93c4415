import { describe, expect, it } from "vitest";
import { asks, joinOf } from "../support/world/fates.ts";
import type { Fate, Passing } from "../support/world/gate.ts";
import { type MortalWorld, hangsUp, isOver, mortalWorld, outcomes } from "../support/world/mortal-world.ts";
import { ringingAgentAnswers } from "../support/world/people-at-work.ts";

const TOGETHER = ["customer hears agent1", "agent1 hears customer"];
const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];

/** The server is killed when it asks Twilio for something: before Twilio hears of it, or before the answer has come. */
function killAt(
  scene: MortalWorld,
  fits: (request: Passing) => boolean,
  when: "before" | "after" = "before",
) {
  let killed = (_dead: Promise<void>): void => {};
  const dead = new Promise<void>((resolve) => (killed = resolve));
  const fate: Fate = async (pass) => {
    if (when === "after") await pass();
    killed(scene.mortal.dies());
    return null;
  };
  scene.mortal.rest.stop(fits, fate);
  return {
    /** A second later the server is back. */
    comesBack: async (): Promise<void> => {
      await dead;
      await scene.watch.during(1_000);
      await scene.comesBack();
    },
  };
}

/** Absence from a list proves nothing: the server looks twice before it takes a dial for one that was never sent. */
const DIAL_UNKNOWN = { busyForNothing: { ms: 10_000, because: "Twilio's lists lag" } } as const;

const dialsTo = ({ world }: MortalWorld, agent: string) =>
  [...world.emulator.engine.world.calls.values()].filter(({ to }) => to === `client:${agent}`);

async function agent2Rings(): Promise<MortalWorld> {
  const scene = await mortalWorld();
  await scene.agent1.answers();
  await scene.agent1.transfersTo("agent2");
  return scene;
}

/** The request's answer never comes: the page only sees that the server is away. */
const ask = (work: Promise<unknown>): void => void work.catch(() => {});

describe("a server that is killed when it dials", () => {
  it("agent1, before the dial: an agent rings once it is certain that none was dialled", async () => {
    const scene = await mortalWorld();
    await scene.agent1.declines();
    const kill = killAt(scene, asks.dial("agent1"));
    await scene.agent2.declines();
    await scene.watch.during(12_000);
    await kill.comesBack();
    await scene.watch.during(20_000);
    await ringingAgentAnswers(scene);
    expect(scene.watch.tooLong()).toEqual([]);
    await hangsUp(scene);
  });

  it("agent2, before the dial: the transfer fails within 10 seconds, and a second one works", async () => {
    const scene = await mortalWorld(["agent1", "agent2"], DIAL_UNKNOWN);
    await scene.agent1.answers();
    const kill = killAt(scene, asks.dial("agent2"));
    ask(scene.agent1.transfersTo("agent2"));
    await kill.comesBack();
    await scene.watch.during(10_000);
    expect(outcomes(scene.world)).toEqual(["transfer-failed agent2"]);
    await scene.agent1.transfersTo("agent2");
    await scene.agent2.answers();
    await scene.agent1.hangsUp();
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    await hangsUp(scene);
  });

  it("agent2, before it learns of the call: it is the same dial, and agent2 comes", async () => {
    const scene = await mortalWorld();
    await scene.agent1.answers();
    const kill = killAt(scene, asks.dial("agent2"), "after");
    ask(scene.agent1.transfersTo("agent2"));
    await kill.comesBack();
    await scene.watch.during(8_000);
    expect(scene.agent2.person.state).toBe("ringing");
    await scene.agent2.answers();
    await scene.agent1.hangsUp();
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(dialsTo(scene, "agent2")).toHaveLength(1);
    expect(outcomes(scene.world)).toEqual(["transfer-completed agent2"]);
    await hangsUp(scene);
  });

  it("agent2, before it learns of the call: cancelling the transfer stops the ringing", async () => {
    const scene = await mortalWorld();
    await scene.agent1.answers();
    const kill = killAt(scene, asks.dial("agent2"), "after");
    ask(scene.agent1.transfersTo("agent2"));
    await kill.comesBack();
    const cancelled = await scene.world.operator(`/api/calls/${scene.customer.callSid}/transfer/cancel`, {});
    expect(cancelled.status).toBe(200);
    await scene.world.settle();
    expect(scene.agent2.person.state).toBe("idle");
    expect(scene.world.whoHearsWhom()).toEqual(TOGETHER);
    await hangsUp(scene);
  });
});

describe("a server that is killed before it hears that agent2 has joined", () => {
  it.each([1_000, 300_000])("and is away for %i ms: all three talk on, and agent1 leaves", async (ms) => {
    const scene = await agent2Rings();
    let dead: Promise<void> | undefined;
    scene.mortal.hooks.stop(joinOf("agent2-1"), async () => {
      dead = scene.mortal.dies();
      return null;
    });
    await scene.agent2.answers();
    await dead;
    await scene.watch.during(ms);
    await scene.comesBack();
    await scene.watch.during(20_000);
    expect(scene.world.whoHearsWhom()).toHaveLength(3);
    await scene.agent1.hangsUp();
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(outcomes(scene.world)).toEqual(["transfer-completed agent2"]);
    await hangsUp(scene);
  });
});

describe("a server that is killed before Twilio hears of", () => {
  it("the customer's hold: the customer hears music once the server is back", async () => {
    const scene = await agent2Rings();
    const kill = killAt(scene, asks.hold);
    scene.agent1.person.hangUp();
    await kill.comesBack();
    expect(scene.world.whoHearsWhom()).toContain("customer hears [hold]");
    await scene.agent2.answers();
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(outcomes(scene.world)).toEqual(["transfer-completed agent2"]);
    await hangsUp(scene);
  });

  it("the end of the hold: customer and agent2 hear each other as soon as it is back", async () => {
    const scene = await agent2Rings();
    await scene.agent1.hangsUp();
    const kill = killAt(scene, asks.unhold);
    scene.agent2.person.answer();
    await kill.comesBack();
    expect(scene.world.whoHearsWhom()).toEqual(WITH_AGENT2);
    await hangsUp(scene);
  });

  it("agent1's mute: agent1 is muted as soon as it is back", async () => {
    const scene = await agent2Rings();
    await scene.agent2.answers();
    const kill = killAt(scene, asks.mute);
    ask(scene.world.operator(`/api/calls/${scene.customer.callSid}/participants/agent1-1/mute`, {}));
    await kill.comesBack();
    expect(scene.world.whoHearsWhom()).toContain("customer hears agent2");
    await hangsUp(scene);
  });

  it("agent2's flag and the dial: a second transfer leaves the customer with agent3", async () => {
    const scene = await mortalWorld(["agent1", "agent2", "agent3"], DIAL_UNKNOWN);
    const agent3 = await scene.world.agent("agent3");
    await scene.allTalk();
    await scene.agent1.hangsUp();
    const kill = killAt(scene, asks.flag);
    ask(scene.agent2.transfersTo("agent3"));
    await kill.comesBack();
    await agent3.reconnects();
    await scene.watch.during(10_000);
    expect(outcomes(scene.world)).toEqual(["transfer-completed agent2", "transfer-failed agent3"]);
    await scene.agent2.transfersTo("agent3");
    await agent3.answers();
    await scene.agent2.hangsUp();
    expect(scene.world.whoHearsWhom()).toEqual(["customer hears agent3", "agent3 hears customer"]);
    await hangsUp(scene);
  });

  it("the hang-up of a target whose customer has gone: it stops ringing within 5 seconds", async () => {
    const scene = await agent2Rings();
    const kill = killAt(scene, asks.hangUp);
    scene.customer.hangUp();
    await kill.comesBack();
    expect(scene.agent2.person.state).toBe("idle");
    expect(outcomes(scene.world)).toEqual(["transfer-abandoned agent2"]);
    await isOver(scene);
  });

  it("the end of the conference: the customer hears the closing sentence", async () => {
    const scene = await mortalWorld();
    await scene.agent1.answers();
    const kill = killAt(scene, asks.endConference);
    ask(scene.agent1.hangsUp());
    await kill.comesBack();
    expect(scene.customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
    await scene.world.clock.advance(15_000);
    await isOver(scene);
  });
});
