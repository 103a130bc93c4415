import { describe, expect, it } from "vitest";
import type { TransferRequest, TransferView } from "../../src/server/control-api.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";
import { startWorld } from "../support/world/start-world.ts";

const WITH_AGENT1 = ["customer hears agent1", "agent1 hears customer"];
const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];
const IN_PRIVATE = ["customer hears [hold]", "agent1 hears agent2", "agent2 hears agent1"];
const ALL_THREE = [
  "customer hears agent1, agent2",
  "agent1 hears agent2, customer",
  "agent2 hears agent1, customer",
];

/** The customer talks to agent1; then agent1 transfers to agent2 in a mode. */
async function transferring(mode: TransferRequest["mode"], tutorialFlags = false) {
  const world = await startWorld(["agent1", "agent2"], { tutorialFlags });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await agent1.answers();
  const [live] = await world.server.calls();
  const path = `/api/calls/${live?.id}/transfer`;
  const order = { to: "agent2", ...(mode ? { mode } : {}), note: "Wants a refund.\nOrder 17." };
  expect((await world.operator(path, order)).status).toBe(200);
  await world.settle();
  return {
    world,
    customer,
    agent1,
    agent2,
    hears: () => world.whoHearsWhom().toSorted(),
    asks: async (verb: string): Promise<number> => {
      const { status } = await world.operator(`${path}/${verb}`, {});
      await world.settle();
      return status;
    },
    transfer: async (): Promise<TransferView | null | undefined> => {
      const answer = await world.operator(`/api/calls/${live?.id}`);
      return ((await answer.json()) as { transfer?: TransferView | null }).transfer;
    },
  };
}

const heard = (lines: readonly string[]): string[] => lines.toSorted();

describe("a consultation", () => {
  it("puts the customer on hold before agent2 rings, and agent2's page shows the note", async () => {
    const { hears, agent2 } = await transferring("consult");
    expect(hears()).toEqual(["agent1 hears [silence]", "customer hears [hold]"]);
    expect(agent2.person.state).toBe("ringing");
    const { call } = await agent2.shows("the call", (view) => view.call?.transfer?.phase === "ringing");
    expect(call?.transfer).toMatchObject({ mode: "consult", note: "Wants a refund. Order 17." });
  });

  it("is private: the customer hears music and neither agent", async () => {
    const { hears, agent2, transfer } = await transferring("consult");
    await agent2.answers();
    expect(hears()).toEqual(heard(IN_PRIVATE));
    expect(await transfer()).toMatchObject({ phase: "consulting", outcome: null });
  });

  it("can be completed: the customer talks to agent2", async () => {
    const { hears, agent2, asks, transfer } = await transferring("consult");
    await agent2.answers();
    expect(await asks("complete")).toBe(200);
    expect(hears()).toEqual(heard(WITH_AGENT2));
    expect(await transfer()).toMatchObject({ phase: "ended", outcome: "completed" });
  });

  it("completes when agent1 hangs up", async () => {
    const { hears, agent1, agent2, transfer } = await transferring("consult");
    await agent2.answers();
    await agent1.hangsUp();
    expect(hears()).toEqual(heard(WITH_AGENT2));
    expect(await transfer()).toMatchObject({ outcome: "completed" });
  });

  it("can be swapped and swapped back: one of customer and agent2 is on hold", async () => {
    const { hears, agent2, asks } = await transferring("consult");
    await agent2.answers();
    expect(await asks("swap")).toBe(200);
    expect(hears()).toEqual(heard([...WITH_AGENT1, "agent2 hears [hold]"]));
    expect(await asks("swap")).toBe(200);
    expect(hears()).toEqual(heard(IN_PRIVATE));
  });

  it("can come together: all three talk", async () => {
    const { hears, agent2, asks, transfer } = await transferring("consult");
    await agent2.answers();
    expect(await asks("bring-together")).toBe(200);
    expect(hears()).toEqual(heard(ALL_THREE));
    expect(await transfer()).toMatchObject({ phase: "together" });
  });

  it("can be cancelled: agent2 leaves, and the customer talks to agent1 again", async () => {
    const { hears, agent2, asks, transfer } = await transferring("consult");
    await agent2.answers();
    expect(await asks("cancel")).toBe(200);
    expect(agent2.person.state).toBe("idle");
    expect(hears()).toEqual(heard(WITH_AGENT1));
    expect(await transfer()).toMatchObject({ outcome: "cancelled" });
  });

  it.each([
    ["declines", "declined"],
    ["leaves again", "target-left"],
  ])("fails when agent2 %s: the customer talks to agent1 again", async (what, reason) => {
    const { hears, agent2, transfer } = await transferring("consult");
    if (what === "declines") await agent2.declines();
    else {
      await agent2.answers();
      await agent2.hangsUp();
    }
    expect(hears()).toEqual(heard(WITH_AGENT1));
    expect(await transfer()).toMatchObject({ outcome: "failed", reason });
  });

  it("goes on without agent1, who leaves while agent2 rings: the customer hears music, then agent2", async () => {
    const { hears, agent1, agent2 } = await transferring("consult");
    await agent1.hangsUp();
    expect(hears()).toEqual(["customer hears [hold]"]);
    await agent2.answers();
    expect(hears()).toEqual(heard(WITH_AGENT2));
  });

  it("ends when the customer hangs up: no agent stays in the call", async () => {
    const { world, customer, agent1, agent2, transfer } = await transferring("consult");
    await agent2.answers();
    customer.hangUp();
    await world.settle();
    await world.clock.advance(5_000);
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
    expect(await transfer()).toMatchObject({ outcome: "abandoned" });
  });
});

describe("a blind transfer", () => {
  it("lets agent1 go at once: the customer hears music until agent2 answers", async () => {
    const { hears, agent1, agent2, transfer } = await transferring("blind");
    expect(agent1.person.state).toBe("idle");
    expect(hears()).toEqual(["customer hears [hold]"]);
    await agent2.answers();
    expect(hears()).toEqual(heard(WITH_AGENT2));
    expect(await transfer()).toMatchObject({ outcome: "completed" });
  });

  it("that agent2 declines rings agent1 back", async () => {
    const { hears, agent1, agent2 } = await transferring("blind");
    await agent2.declines();
    expect(hears()).toEqual(["customer hears [hold]"]);
    await agent1.answers();
    expect(hears()).toEqual(heard(WITH_AGENT1));
  });

  it("that is cancelled rings agent1 back", async () => {
    const { hears, agent1, agent2, asks } = await transferring("blind");
    expect(await asks("cancel")).toBe(200);
    expect(agent2.person.state).toBe("idle");
    await agent1.answers();
    expect(hears()).toEqual(heard(WITH_AGENT1));
  });
});

describe("while all three talk", () => {
  it("agent2 hangs up: the customer talks on with agent1, and the transfer fails", async () => {
    const { hears, agent2, transfer } = await transferring("three-way");
    await agent2.answers();
    expect(hears()).toEqual(heard(ALL_THREE));
    await agent2.hangsUp();
    expect(hears()).toEqual(heard(WITH_AGENT1));
    expect(await transfer()).toMatchObject({ outcome: "failed", reason: "target-left" });
  });

  it("agent2 ends the call for everyone with tutorialFlags", async () => {
    const { world, customer, agent1, agent2 } = await transferring("three-way", true);
    await agent2.answers();
    await agent2.hangsUp();
    await world.clock.advance(15_000);
    expect([customer.state, agent1.person.state]).toEqual(["idle", "idle"]);
  });

  it.each(["swap", "bring-together"])(
    "%s is refused or changes nothing, because there is no consultation",
    async (verb) => {
      const { hears, agent2, asks } = await transferring("three-way");
      await agent2.answers();
      expect(await asks(verb)).toBe(verb === "swap" ? 409 : 200);
      expect(hears()).toEqual(heard(ALL_THREE));
    },
  );
});

it.each(["three-way", "consult", "blind"] as const)(
  "the customer is never in silence for 2 s in a %s transfer whose agent2 does not answer",
  async (mode) => {
    const { world, customer, agent1 } = await transferring(mode);
    const watch = watchForSilence(world, customer);
    await watch.during(30_000);
    if (mode === "blind") await agent1.answers();
    await watch.during(10_000);
    expect(watch.tooLong()).toEqual([]);
  },
);
