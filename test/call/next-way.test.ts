import { describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import type { AgentId } from "../../src/call/types.ts";
import { coordinatorStage } from "./support/coordinator-stage.ts";
import { START } from "./support/scene.ts";

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** agent1 talks to the customer. Requests hang from now on, and the clock does not wait for them. */
async function talking() {
  const x = coordinatorStage({ agents: ["agent1", "agent2"], clock: manualClock(turns, START) });
  for (const agent of ["agent1", "agent2"]) x.signsIn(agent);
  await x.customerCalls("CA1");
  await x.coordinator.idle();
  await x.joins("CA1", "agent1-1");
  x.asked.length = 0;
  let release = (): void => {};
  x.waitsFor(new Promise((resolve) => (release = resolve)));
  const announcements = (): number => x.asked.filter((order) => order === "announce CA1").length;
  return { x, release: () => release(), announcements };
}

describe("a hold of the customer that gets no answer", () => {
  const leftAlone = async () => {
    const scene = await talking();
    await scene.x.transfers("CA1", "agent1", "agent2");
    await scene.x.leaves("CA1", "agent1-1");
    return scene;
  };

  it("makes the server play an announcement 1.8 s after the decision, and every ten seconds", async () => {
    const { x, announcements } = await leftAlone();
    await x.clock.advance(1_799);
    expect(announcements()).toBe(0);
    await x.clock.advance(1);
    expect(announcements()).toBe(1);
    await x.clock.advance(10_000);
    expect(announcements()).toBe(2);
  });

  it("and then succeeds stops the announcements", async () => {
    const { x, release, announcements } = await leftAlone();
    await x.clock.advance(1_800);
    release();
    await x.clock.advance(30_000);
    expect(announcements()).toBe(1);
  });

  it("plays no announcement once agent2 has joined and talks to the customer", async () => {
    const { x, announcements } = await leftAlone();
    await x.joins("CA1", "agent2-1");
    await x.clock.advance(30_000);
    expect(announcements()).toBe(0);
  });

  it("for a consultation plays no announcement: customer and agent1 still hear each other", async () => {
    const { x, announcements } = await talking();
    const order = { kind: "start-transfer", by: null, to: "agent2" as AgentId, mode: "consult" } as const;
    await x.submit("CA1", order);
    await x.clock.advance(30_000);
    expect(x.asked).toContain("hold CA1 true");
    expect(announcements()).toBe(0);
  });
});

describe("an end of the conference that gets no answer", () => {
  const ending = async () => {
    const scene = await talking();
    await scene.x.submit("CA1", { kind: "end-call", by: null });
    const releases = (): number => scene.x.asked.filter((order) => order === "release CA1 0").length;
    return { ...scene, releases };
  };

  it("makes the server redirect the customer 1.8 s after the decision", async () => {
    const { x, releases } = await ending();
    await x.clock.advance(1_799);
    expect([x.asked.includes("end CA1"), releases()]).toEqual([true, 0]);
    await x.clock.advance(1);
    expect(releases()).toBe(1);
  });

  it("and then succeeds leaves the customer alone", async () => {
    const { x, release, releases } = await ending();
    release();
    await x.clock.advance(30_000);
    expect(releases()).toBe(0);
  });

  it("redirects no one after the customer has hung up", async () => {
    const { x, releases } = await ending();
    await x.leaves("CA1", "customer");
    await x.clock.advance(30_000);
    expect(releases()).toBe(0);
  });
});
