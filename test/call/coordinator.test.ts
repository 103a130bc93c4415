import { describe, expect, it } from "vitest";
import type { CallStore } from "../../src/call/ports.ts";
import type { CallId } from "../../src/call/types.ts";
import { createCallStore } from "../../src/store/call-store.ts";
import { coordinatorStage } from "./support/coordinator-stage.ts";

const CALL = "CA1" as CallId;

describe("a call at the coordinator", () => {
  it("is saved before the dial, and the answer does not wait for the dial", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    let dialIsTaken = (): void => {};
    x.waitsFor(new Promise<void>((resolve) => (dialIsTaken = resolve)));
    const { record } = await x.customerCalls(CALL);
    expect(await x.store.get(CALL)).toEqual(record);
    expect(record.legs.map(({ label }) => label)).toEqual(["customer", "agent1-1"]);
    dialIsTaken();
    await x.coordinator.idle();
    expect((await x.store.get(CALL))?.legs[1]?.callSid).toBe("CA-CA1-agent1-1");
  });

  it("starts once, however often Twilio repeats the webhook", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    await Promise.all([x.customerCalls(CALL), x.customerCalls(CALL)]);
    await x.coordinator.idle();
    expect(x.asked).toEqual(["dial CA1 agent1-1"]);
  });

  it("without a record is refused, and gets no record", async () => {
    const x = coordinatorStage();
    const { refusal, actions } = await x.leaves(CALL, "customer");
    expect(refusal?.code).toBe("no-such-call");
    expect(actions).toEqual([]);
    expect(await x.coordinator.get(CALL)).toBeUndefined();
  });

  it("takes simultaneous inputs one after the other: two clicks are one dial", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    await x.joins(CALL, "agent1-1");
    x.signsIn("agent2");
    const decisions = await Promise.all([
      x.transfers(CALL, "agent1", "agent2"),
      x.transfers(CALL, "agent1", "agent2"),
    ]);
    await x.coordinator.idle();
    expect(decisions.map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(x.asked).toEqual(["dial CA1 agent1-1", "dial CA1 agent2-1"]);
  });

  it("never takes the customer off hold before the hold was requested, however slow Twilio is", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    x.signsIn("agent2");
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    await x.joins(CALL, "agent1-1");
    await x.transfers(CALL, "agent1", "agent2");
    await x.coordinator.idle();
    x.asked.length = 0;
    let holdIsTaken = (): void => {};
    x.waitsFor(new Promise<void>((resolve) => (holdIsTaken = resolve)));
    await x.leaves(CALL, "agent1-1");
    await x.joins(CALL, "agent2-1");
    expect(x.asked).toEqual(["hold CA1 true"]);
    holdIsTaken();
    await x.coordinator.idle();
    expect(x.asked).toEqual(["hold CA1 true", "hold CA1 false"]);
  });

  it("hangs up a leg whose dial has no answer yet, as soon as a callback names it", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    let dialIsTaken = (): void => {};
    x.waitsFor(new Promise<void>((resolve) => (dialIsTaken = resolve)));
    await x.customerCalls(CALL);
    await x.leaves(CALL, "customer");
    await x.rings(CALL, "agent1-1");
    expect(x.asked).toEqual(["dial CA1 agent1-1", "end CA1", "hang-up CA-CA1-agent1-1"]);
    dialIsTaken();
    await x.coordinator.idle();
    expect(x.asked).toHaveLength(3);
  });

  it("calls listeners with each saved change, and survives one that throws", async () => {
    const x = coordinatorStage();
    const seen: (number | undefined)[][] = [];
    x.coordinator.onChange(() => {
      throw new Error("a listener's own trouble");
    });
    const stop = x.coordinator.onChange((after, before) => seen.push([before?.revision, after.revision]));
    await x.customerCalls(CALL);
    await x.joins(CALL, "customer");
    await x.joins(CALL, "customer");
    stop();
    await x.leavesConference(CALL, "customer");
    expect(seen).toEqual([
      [undefined, 1],
      [1, 2],
    ]);
    expect(x.errors).toHaveLength(3);
  });

  it("is among the live calls, oldest first", async () => {
    const x = coordinatorStage();
    await x.customerCalls("CA2");
    await x.clock.advance(1_000);
    await x.customerCalls("CA1");
    await x.customerCalls("CA3");
    await x.leaves("CA3", "customer");
    expect((await x.coordinator.live()).map(({ id }) => id)).toEqual(["CA2", "CA1"]);
  });
});

describe("a failure of", () => {
  it("a dial makes the next agent ring and frees the first one", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    x.signsIn("agent2");
    x.fails("dial CA1 agent1-1");
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    expect(x.asked).toEqual(["dial CA1 agent1-1", "dial CA1 agent2-1"]);
    expect(x.presence.free()).toEqual(["agent1"]);
    expect(x.errors).toHaveLength(1);
  });

  it("clearing agent2's end flag delays the hang-up of agent2", async () => {
    const x = coordinatorStage({ agents: ["agent1", "agent2", "agent3"] });
    for (const agent of ["agent1", "agent2", "agent3"]) x.signsIn(agent);
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    await x.joins(CALL, "agent1-1");
    await x.transfers(CALL, "agent1", "agent2");
    await x.coordinator.idle();
    await x.joins(CALL, "agent2-1");
    await x.leaves(CALL, "agent1-1");
    await x.transfers(CALL, "agent2", "agent3");
    await x.coordinator.idle();
    await x.joins(CALL, "agent3-1");
    await x.coordinator.idle();
    x.asked.length = 0;
    const [flagOff, hangUp] = ["ends CA1 CA-CA1-agent2-1 false", "hang-up CA-CA1-agent2-1"];
    const flagOn = "ends CA1 CA-CA1-agent3-1 true";
    x.fails(flagOff);
    await x.submit(CALL, { kind: "complete-transfer", by: null });
    await x.coordinator.idle();
    expect(x.asked).toEqual([flagOn, flagOff]);
    await x.clock.advance(1_000);
    expect(x.asked).toEqual([flagOn, flagOff, flagOff, hangUp]);
  });

  it("a save prevents the dial, fails the webhook and frees the agent", async () => {
    const good = createCallStore();
    const store: CallStore = { ...good, update: () => Promise.reject(new Error("the store is down")) };
    const x = coordinatorStage({ store });
    x.signsIn("agent1");
    await expect(x.customerCalls(CALL)).rejects.toThrow("the store is down");
    expect(x.asked).toEqual([]);
    expect(x.presence.free()).toEqual(["agent1"]);
  });

  it("a save after the choice of an agent releases the agent", async () => {
    const good = createCallStore();
    const store: CallStore = {
      ...good,
      update: async (_, change) => {
        change(undefined);
        throw new Error("the disk is full");
      },
    };
    const x = coordinatorStage({ store });
    x.signsIn("agent1");
    await expect(x.customerCalls(CALL)).rejects.toThrow("the disk is full");
    expect(x.asked).toEqual([]);
    expect(x.presence.free()).toEqual(["agent1"]);
  });
});

describe("time", () => {
  it("wakes a call whose callbacks were lost, after 25 s of ringing and 15 s more", async () => {
    const x = coordinatorStage({ agents: ["agent1"] });
    x.signsIn("agent1");
    await x.customerCalls(CALL);
    await x.clock.advance(39_999);
    expect(x.asked).toEqual(["dial CA1 agent1-1"]);
    await x.clock.advance(1);
    expect(x.asked).toEqual(["dial CA1 agent1-1", "hang-up CA-CA1-agent1-1"]);
    await x.clock.advance(20_000);
    expect(x.asked.at(-1)).toBe("dial CA1 agent1-2");
  });

  it("stops after close", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    await x.customerCalls(CALL);
    await x.coordinator.close();
    await x.clock.advance(60_000);
    expect(x.asked).toEqual(["dial CA1 agent1-1"]);
  });
});

describe("a new server over the same store", () => {
  it("continues with the same claims and deadlines", async () => {
    const first = coordinatorStage();
    first.signsIn("agent1");
    await first.customerCalls(CALL);
    await first.coordinator.close();
    const second = coordinatorStage({ store: first.store });
    await second.coordinator.idle();
    second.signsIn("agent1");
    expect(second.presence.stateOf(first.presence.all()[0]!)).toBe("busy");
    await second.clock.advance(40_000);
    expect(second.asked).toEqual(["hang-up CA-CA1-agent1-1"]);
  });
});
