import { describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import type { CallStore } from "../../src/call/ports.ts";
import type { CallId } from "../../src/call/types.ts";
import { createCallStore } from "../../src/store/call-store.ts";
import { coordinatorStage } from "./support/coordinator-stage.ts";
import { START } from "./support/scene.ts";

const CALL = "CA1" as CallId;

/** Enough turns for everything that does not wait for the store. */
async function aMoment(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
}

describe("a coordinator whose store fails", () => {
  it("repeats a deadline, and reports the failure once", async () => {
    const good = createCallStore();
    let isDown = false;
    const store: CallStore = {
      ...good,
      update: (id, change) => (isDown ? Promise.reject(new Error("down")) : good.update(id, change)),
    };
    const x = coordinatorStage({ store });
    x.signsIn("agent1");
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    await x.clock.advance(39_000);
    isDown = true;
    await x.clock.advance(1_000);
    expect(x.errors).toHaveLength(1);
    isDown = false;
    await x.clock.advance(1_000);
    expect(x.asked.at(-1)).toBe("hang-up CA-CA1-agent1-1");
  });

  /** The customer talks to agent1, agent2 is rung, and from now on no save comes back until `save`. */
  async function savingSlowly() {
    const good = createCallStore();
    let saved: Promise<void> | undefined;
    const store: CallStore = {
      ...good,
      update: (id, change) =>
        good.update(id, change).then(async (record) => {
          await saved;
          return record;
        }),
    };
    const x = coordinatorStage({ store, clock: manualClock(aMoment, START) });
    x.signsIn("agent1");
    x.signsIn("agent2");
    await x.customerCalls(CALL);
    await x.joins(CALL, "customer");
    await x.joins(CALL, "agent1-1");
    await x.transfers(CALL, "agent1", "agent2");
    await x.coordinator.idle();
    let save = (): void => {};
    saved = new Promise((resolve) => (save = resolve));
    const holds = (): number => x.asked.filter((order) => order === `hold ${CALL} true`).length;
    return { x, save: () => save(), holds, stored: () => good.get(CALL) };
  }

  it("holds the customer without waiting for a slow save, and dials no one before it", async () => {
    const { x, save, holds } = await savingSlowly();
    const left = expect(x.leavesConference(CALL, "agent1-1")).rejects.toThrow("too long");
    await x.clock.advance(900);
    expect(holds()).toBe(0);
    await x.clock.advance(100);
    expect(holds()).toBe(1);
    save();
    await left;
    await x.coordinator.idle();
    expect(holds()).toBe(1);
  });

  it("takes facts into memory that come after a slow save, and saves all of them later", async () => {
    const { x, save, stored } = await savingSlowly();
    const left = expect(x.leavesConference(CALL, "agent1-1")).rejects.toThrow("too long");
    await x.clock.advance(1_000);
    await left;
    await expect(x.joins(CALL, "agent2-1")).rejects.toThrow("now");
    expect(x.asked).toContain(`hold ${CALL} false`);
    save();
    await x.clock.advance(1_000);
    expect((await stored())?.transfers[0]?.outcome).toEqual({ kind: "completed" });
  });

  it("refuses a command whose save is slow, and reverses it if the save still succeeds", async () => {
    const { x, save, stored } = await savingSlowly();
    const ended = expect(x.submit(CALL, { kind: "end-call", by: null })).rejects.toThrow("too long");
    await x.clock.advance(1_000);
    await ended;
    expect((await stored())?.endedAt).not.toBeNull();
    save();
    await x.clock.advance(1_000);
    expect((await stored())?.endedAt).toBeNull();
    expect(x.asked).not.toContain(`end ${CALL}`);
  });
});
