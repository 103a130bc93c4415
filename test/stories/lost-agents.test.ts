import { describe, expect, it } from "vitest";
import type { TransferRequest } from "../../src/server/control-api.ts";
import { isOver, mortalWorld } from "../support/world/mortal-world.ts";
import type { MortalWorld } from "../support/world/mortal-world.ts";
import { ringingAgentAnswers } from "../support/world/people-at-work.ts";

const WITH_AGENT1 = ["agent1 hears customer", "customer hears agent1"];
const WITH_AGENT2 = ["agent2 hears customer", "customer hears agent2"];

const hears = ({ world }: MortalWorld): string[] => world.whoHearsWhom().toSorted();

/** The browser is gone with its page. */
async function crashes(agent: MortalWorld["agent1"]): Promise<void> {
  await agent.closesPage();
  await agent.losesTheLine();
}

/** The customer hangs up; whose browser crashed has opened it again. */
async function ends(scene: MortalWorld): Promise<void> {
  scene.customer.hangUp();
  await scene.world.settle();
  for (const agent of [scene.agent1, scene.agent2]) await agent.reconnects();
  await isOver(scene);
}

async function transfers(scene: MortalWorld, mode: NonNullable<TransferRequest["mode"]>): Promise<void> {
  await scene.agent1.answers();
  const [call] = await scene.world.server.calls();
  const order = { to: "agent2", mode };
  expect((await scene.world.operator(`/api/calls/${call?.id}/transfer`, order)).status).toBe(200);
  await scene.world.settle();
}

/** agent1 has brought agent2 in and left: Twilio ends the conference when agent2 leaves. */
async function agent2HasTakenOver(scene: MortalWorld): Promise<void> {
  await scene.allTalk();
  await scene.agent1.hangsUp();
  expect(hears(scene)).toEqual(WITH_AGENT2);
  await scene.watch.during(2_000);
}

describe("an agent's browser crashes", () => {
  it("in a talk, and comes back within seconds: the same two talk again", async () => {
    const scene = await mortalWorld();
    const { agent1, watch } = scene;
    await agent1.answers();
    await crashes(agent1);
    await watch.during(4_000);
    expect(hears(scene)).toEqual(["customer hears [hold]"]);
    await agent1.reconnects();
    await agent1.answers();
    expect(hears(scene)).toEqual(WITH_AGENT1);
    expect(watch.tooLong()).toEqual([]);
    await ends(scene);
  });

  it("in a talk, and stays away: the next agent takes the call within the grace period", async () => {
    const scene = await mortalWorld();
    const { agent1, agent2, watch } = scene;
    await agent1.answers();
    await crashes(agent1);
    await watch.during(7_000);
    expect(agent2.person.state).toBe("idle");
    await watch.during(1_500);
    expect(agent2.person.state).toBe("ringing");
    await agent2.answers();
    expect(hears(scene)).toEqual(WITH_AGENT2);
    expect(watch.tooLong()).toEqual([]);
    await ends(scene);
  });

  it("after taking the call over: the customer enters a new conference, hears an announcement, and talks again", async () => {
    const scene = await mortalWorld();
    const { agent2, customer, watch, world } = scene;
    await agent2HasTakenOver(scene);
    await crashes(agent2);
    await watch.during(3_000);
    expect(customer.captions.at(-1)).toMatch(/line was interrupted/);
    expect(await world.server.calls()).toMatchObject([{ state: "waiting" }]);
    await agent2.reconnects();
    await agent2.answers();
    expect(hears(scene)).toEqual(WITH_AGENT2);
    expect(watch.tooLong()).toEqual([]);
    await ends(scene);
  });

  it("after taking the call over, twice: the customer comes back each time", async () => {
    const scene = await mortalWorld();
    const { agent1, agent2, watch } = scene;
    await agent2HasTakenOver(scene);
    await crashes(agent2);
    await watch.during(9_000);
    await agent1.answers();
    expect(hears(scene)).toEqual(WITH_AGENT1);
    await agent2.reconnects();
    await agent1.transfersTo("agent2");
    await agent2.answers();
    await agent1.hangsUp();
    await crashes(agent2);
    await watch.during(9_000);
    await agent1.answers();
    expect(hears(scene)).toEqual(WITH_AGENT1);
    expect(watch.tooLong()).toEqual([]);
    await ends(scene);
  });

  it("while agent2 rings: agent2 takes the call over", async () => {
    const scene = await mortalWorld();
    await transfers(scene, "three-way");
    await crashes(scene.agent1);
    await scene.watch.during(3_000);
    expect(hears(scene)).toEqual(["customer hears [hold]"]);
    await scene.agent2.answers();
    expect(hears(scene)).toEqual(WITH_AGENT2);
    expect(scene.watch.tooLong()).toEqual([]);
    await ends(scene);
  });

  it.each(["three-way", "consult"] as const)(
    "while both agents talk, %s: the other one stays",
    async (mode) => {
      for (const lost of ["agent1", "agent2"] as const) {
        const scene = await mortalWorld();
        await transfers(scene, mode);
        await scene.agent2.answers();
        await crashes(scene[lost]);
        await scene.watch.during(2_000);
        expect(hears(scene)).toEqual(lost === "agent1" ? WITH_AGENT2 : WITH_AGENT1);
        expect(scene.watch.tooLong()).toEqual([]);
        await ends(scene);
      }
    },
  );

  it("and is back before Twilio drops the dead line: the customer hears music, then that agent", async () => {
    const scene = await mortalWorld();
    const { agent1, watch } = scene;
    await agent1.answers();
    await watch.during(5_000);
    await agent1.refreshes();
    await watch.during(4_500);
    // Perhaps another window of theirs has the call, and has not come back yet.
    expect(hears(scene)).toEqual(WITH_AGENT1);
    await watch.during(1_000);
    await agent1.answers();
    expect(hears(scene)).toEqual(WITH_AGENT1);
    expect(scene.world.events().filter((event) => event === "agent-joined agent1")).toHaveLength(2);
    expect(watch.tooLong()).toEqual([]);
    await ends(scene);
  });

  it("and the customer hangs up while waiting: no agent rings any longer", async () => {
    const scene = await mortalWorld();
    await agent2HasTakenOver(scene);
    await crashes(scene.agent2);
    await scene.watch.during(2_000);
    await ends(scene);
    expect(scene.world.events().at(-1)).toBe("call-ended");
  });

  it("and the server is killed in between: after its return another agent takes the call", async () => {
    const scene = await mortalWorld();
    const { agent1, watch } = scene;
    await agent1.answers();
    await scene.isAway(1_000, () => agent1.person.hangUp());
    await watch.during(12_000);
    await ringingAgentAnswers(scene);
    await ends(scene);
  });
});

describe("an agent who leaves on purpose", () => {
  it.each([
    ["alone with the customer", (scene: MortalWorld) => scene.agent1.answers(), "agent1"],
    ["after taking the call over", agent2HasTakenOver, "agent2"],
  ] as const)("%s, ends the call with a closing sentence", async (_, tell, agent) => {
    const scene = await mortalWorld();
    await tell(scene);
    await scene[agent].hangsUp();
    await scene.watch.during(5_000);
    expect(scene.customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
    await isOver(scene);
  });
});
