import { describe, expect, it } from "vitest";
import { diskThatFills } from "../support/world/full-disk.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";
import { startWorld } from "../support/world/start-world.ts";

const TOGETHER = ["customer hears agent1", "agent1 hears customer"];
const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];

/** A customer has rung; the disk of the store can be full. */
async function worldOnDisk() {
  const disk = diskThatFills();
  const world = await startWorld(["agent1", "agent2"], { start: disk.start });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  const calls = () => [...world.emulator.engine.world.calls.values()];
  return {
    disk,
    world,
    agent1,
    agent2,
    customer,
    watch: watchForSilence(world, customer),
    dials: () => calls().filter(({ direction }) => direction !== "inbound").length,
    stored: async () => disk.stored(customer.callSid ?? ""),
    /** The HTTP statuses of the answers to each report that has to be saved, while something happens. */
    answersWhile: async (act: () => Promise<void>): Promise<(number | null)[]> => {
      const before = world.emulator.deliveries.length;
      await act();
      const reports = world.emulator.deliveries
        .slice(before)
        .filter(({ kind }) => kind.endsWith("-status"))
        // Of a hold, the server keeps nothing.
        .filter(({ params }) => params.StatusCallbackEvent !== "participant-hold");
      return reports.map(({ status }) => status);
    },
  };
}

describe("while the disk is full", () => {
  it("a customer whom agent1 leaves hears music, and then the agent who was ringing", async () => {
    const { disk, world, agent1, agent2, watch, stored } = await worldOnDisk();
    await agent1.answers();
    await agent1.transfersTo("agent2");
    disk.fills();
    await agent1.losesTheLine();
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await watch.during(3_000);
    await agent2.answers();
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    await watch.during(10_000);
    expect(watch.tooLong()).toEqual([]);
    expect((await stored())?.transfers[0]).toMatchObject({ phase: "ringing", outcome: null });
  });

  it("the server acknowledges no callbacks of Twilio", async () => {
    const { disk, agent1, answersWhile } = await worldOnDisk();
    await agent1.answers();
    disk.fills();
    const answers = await answersWhile(() => agent1.losesTheLine());
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.filter((status) => status !== 500)).toEqual([]);
  });

  it.each([
    ["without leave or end-call", "losesTheLine"],
    ["on purpose, which is not saved", "hangsUp"],
  ] as const)("a customer whom the last agent leaves %s hears music", async (_, leave) => {
    const { disk, world, agent1, watch } = await worldOnDisk();
    await agent1.answers();
    disk.fills();
    await agent1[leave]();
    await watch.during(1_000);
    expect(world.whoHearsWhom()).toEqual(["customer hears [hold]"]);
    await watch.during(15_000);
    expect(watch.tooLong()).toEqual([]);
  });

  it("a customer who hangs up stops the ringing", async () => {
    const { disk, world, agent1, agent2, customer } = await worldOnDisk();
    await agent1.answers();
    await agent1.transfersTo("agent2");
    disk.fills();
    customer.hangUp();
    await world.settle();
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
  });

  it("the server dials no one: it refuses a transfer, and rings the next agent once there is space", async () => {
    const { disk, world, agent1, watch, dials } = await worldOnDisk();
    disk.fills();
    await agent1.declines();
    await watch.during(30_000);
    expect(dials()).toBe(1);
    expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);
    disk.hasSpaceAgain();
    await watch.during(1_000);
    expect(dials()).toBe(2);
    // agent1 declined long ago, and is asked first again.
    await agent1.answers();
    disk.fills();
    await expect(agent1.transfersTo("agent2")).rejects.toThrow();
    await watch.during(5_000);
    expect(dials()).toBe(2);
    disk.hasSpaceAgain();
    await watch.during(20_000);
    expect(dials()).toBe(2);
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });
});

describe("a second after there is space again", () => {
  it("the record shows what happened meanwhile", async () => {
    const { disk, world, agent1, agent2, watch, stored } = await worldOnDisk();
    await agent1.answers();
    await agent1.transfersTo("agent2");
    disk.fills();
    await agent1.losesTheLine();
    await agent2.answers();
    await watch.during(40_000);
    disk.hasSpaceAgain();
    await watch.during(1_000);
    const record = await stored();
    expect(record?.transfers[0]).toMatchObject({ phase: "ended", outcome: { kind: "completed" } });
    expect(record?.legs.map(({ label, state }) => `${label} ${state}`)).toEqual([
      "customer joined",
      "agent1-1 left",
      "agent2-1 joined",
    ]);
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
  });

  it("an ended call is stored as ended, and the next customer is served", async () => {
    const { disk, world, agent1, customer, stored } = await worldOnDisk();
    await agent1.answers();
    const id = customer.callSid ?? "";
    disk.fills();
    customer.hangUp();
    await world.clock.advance(20_000);
    expect((await disk.stored(id))?.endedAt).toBeNull();
    disk.hasSpaceAgain();
    await world.clock.advance(1_000);
    expect(await disk.stored(id)).toMatchObject({ endedBy: "customer" });
    expect(await stored()).toBeUndefined();
    await world.customerRings("+15550122222");
    await agent1.answers();
    expect(world.whoHearsWhom()).toEqual(TOGETHER);
  });
});
