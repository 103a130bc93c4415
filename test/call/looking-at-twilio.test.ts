import { describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import type { Observer } from "../../src/call/ports.ts";
import type { Survey } from "../../src/call/inputs.ts";
import { mergeSurveys } from "../../src/call/rules/survey.ts";
import type { AgentId, CallId, CallSid, Leg } from "../../src/call/types.ts";
import { AppError } from "../../src/errors.ts";
import { coordinatorStage } from "./support/coordinator-stage.ts";
import { START } from "./support/scene.ts";

const CALL = "CA1" as CallId;
const NOTHING: Survey = mergeSurveys([]);

/** Every leg that has not ended is shown as ended long ago. */
const allGone = (at: number) => async (_: CallId, legs: readonly Leg[]) => {
  const facts = legs.map(({ label, callSid }) => {
    const sid = callSid ?? (`CA-${label}` as CallSid);
    return { kind: "leg-ended", at, label, callSid: sid, end: { answered: true } } as const;
  });
  return mergeSurveys([{ facts }]);
};

/** Enough turns for whichever server lives. */
async function aMoment(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
}

/** A server that has died while agent1 rang, and its store. */
async function died() {
  const first = coordinatorStage({ clock: manualClock(aMoment, START) });
  first.signsIn("agent1");
  await first.customerCalls(CALL);
  await first.coordinator.idle();
  await first.joins(CALL, "customer");
  await first.rings(CALL, "agent1-1");
  await first.coordinator.close();
  return first;
}

describe("after a restart", () => {
  it("the server surveys every call at once, and a few times more", async () => {
    const { store, clock } = await died();
    const x = coordinatorStage({ store, clock });
    await x.coordinator.idle();
    expect(x.surveys).toEqual([CALL]);
    await clock.advance(30_000);
    expect(x.surveys.length).toBeGreaterThan(3);
  });

  it("the observer learns which survey brought news", async () => {
    const { store, clock } = await died();
    const looks: boolean[] = [];
    const observe = {
      input: (...[, { kind }, , isNews]: Parameters<Observer["input"]>) =>
        void (kind === "twilio-surveyed" && looks.push(isNews)),
      action: () => {},
    };
    const x = coordinatorStage({ store, clock, observe });
    await x.coordinator.idle();
    x.shows(allGone(clock.now()));
    await clock.advance(5_000);
    expect(looks[0]).toBe(false);
    expect(looks.filter(Boolean)).toHaveLength(1);
  });

  it("the server draws no conclusion from the passed time before a survey", async () => {
    const { store, clock } = await died();
    await clock.advance(300_000);
    const x = coordinatorStage({ store, clock });
    let answer: (found: Survey) => void = () => {};
    x.shows(() => new Promise((resolve) => (answer = resolve)));
    const joined = { kind: "participant-joined", at: clock.now(), conference: "CF1" } as const;
    const agent = { label: "agent1-1", callSid: "CA-CA1-agent1-1" };
    await clock.advance(1_000);
    expect(x.asked).toEqual([]);
    answer(mergeSurveys([{ facts: [{ ...joined, ...agent } as never] }]));
    await x.coordinator.idle();
    expect((await store.get(CALL))?.legs.map(({ state }) => state)).toEqual(["joined", "joined"]);
    expect(x.asked).toEqual([]);
  });

  it("the server applies overdue deadlines right after the survey", async () => {
    const { store, clock } = await died();
    await clock.advance(300_000);
    const x = coordinatorStage({ store, clock });
    await x.coordinator.idle();
    await clock.advance(0);
    expect(x.asked).toEqual(["hang-up CA-CA1-agent1-1"]);
  });

  it("the server repeats a failed survey, and after a minute applies the deadlines", async () => {
    const { store, clock } = await died();
    await clock.advance(300_000);
    const x = coordinatorStage({ store, clock });
    x.shows(() => Promise.reject(new AppError("network", "Twilio cannot be reached.")));
    await clock.advance(28_000);
    expect(x.surveys).toHaveLength(4);
    expect(x.asked).toEqual([]);
    await clock.advance(40_000);
    expect(x.asked).toEqual(["hang-up CA-CA1-agent1-1"]);
    expect(x.errors.length).toBeGreaterThan(4);
  });

  it("the server also surveys an ended call that may have legs at Twilio", async () => {
    const first = await died();
    const dying = coordinatorStage({ store: first.store, clock: first.clock });
    await dying.coordinator.idle();
    await dying.leavesConference(CALL, "customer");
    await dying.coordinator.close();
    expect(await first.store.live()).toEqual([]);
    const x = coordinatorStage({ store: first.store, clock: first.clock });
    x.shows(async () => mergeSurveys([{ alive: ["agent1-1" as Leg["label"]] }]));
    await x.coordinator.idle();
    expect(x.asked).toEqual(["hang-up CA-CA1-agent1-1"]);
  });

  it("the server surveys a thousand calls five at a time", async () => {
    const first = coordinatorStage({ agents: [] });
    const ids = Array.from({ length: 1_000 }, (_, n) => `CA${n}`);
    for (const id of ids) await first.customerCalls(id);
    await first.coordinator.close();
    const x = coordinatorStage({ agents: [], store: first.store, clock: first.clock });
    let [running, most] = [0, 0];
    x.shows(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return NOTHING;
    });
    await x.coordinator.idle();
    while (x.surveys.length < 1_000) await new Promise((resolve) => setImmediate(resolve));
    expect(most).toBe(5);
    expect(new Set(x.surveys).size).toBe(1_000);
  });
});

describe("a live call", () => {
  it("gets a survey every 15 seconds, even with constant news", async () => {
    const x = coordinatorStage({ agents: [] });
    await x.customerCalls(CALL);
    await x.clock.advance(14_000);
    expect(x.surveys).toEqual([]);
    for (let seconds = 0; seconds < 60; seconds++) {
      await x.joins(CALL, "customer");
      await x.clock.advance(1_000);
    }
    expect(x.surveys).toHaveLength(4);
  });

  it("gets one survey before the next agent rings", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    x.signsIn("agent2");
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    const answers: ((found: Survey) => void)[] = [];
    x.shows(() => new Promise((resolve) => answers.push(resolve)));
    await x.clock.advance(1_000);
    await x.ended(CALL, "agent1-1", { answered: false, reason: "declined" });
    await x.submit(CALL, { kind: "agents-changed", at: x.clock.now() });
    expect(x.asked).toEqual(["dial CA1 agent1-1"]);
    expect(x.presence.callOf("agent2" as AgentId)).toBeUndefined();
    answers[0]?.(NOTHING);
    await x.coordinator.idle();
    expect(x.asked).toEqual(["dial CA1 agent1-1", "dial CA1 agent2-1"]);
    expect(x.surveys).toHaveLength(1);
  });

  it("rings the next agent without a survey if Twilio's lists cannot be fetched", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    x.signsIn("agent2");
    await x.customerCalls(CALL);
    x.shows(() => Promise.reject(new AppError("network", "Twilio cannot be reached.")));
    await x.clock.advance(1_000);
    await x.ended(CALL, "agent1-1", { answered: false, reason: "declined" });
    await x.coordinator.idle();
    expect(x.asked).toEqual(["dial CA1 agent1-1", "dial CA1 agent2-1"]);
  });

  it("ends if Twilio says so, and gets no more surveys", async () => {
    const x = coordinatorStage({ agents: [] });
    await x.customerCalls(CALL);
    x.shows(allGone(x.clock.now()));
    await x.clock.advance(15_000);
    expect(await x.coordinator.live()).toEqual([]);
    await x.clock.advance(600_000);
    expect(x.surveys).toHaveLength(1);
  });
});

describe("an action that times out", () => {
  it("is a reason for a survey; a refused one is not", async () => {
    const x = coordinatorStage();
    x.signsIn("agent1");
    x.fails("dial CA1 agent1-1", 1, new AppError("timeout", "Twilio did not answer in time."));
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    expect(x.surveys).toEqual([CALL]);
    const y = coordinatorStage();
    y.signsIn("agent1");
    y.fails("dial CA1 agent1-1");
    await y.customerCalls(CALL);
    await y.coordinator.idle();
    expect(y.surveys).toEqual([]);
  });
});

describe("after the public URL has changed", () => {
  it("the server surveys the live calls every few seconds until they end, and no later ones", async () => {
    const x = coordinatorStage({ agents: [] });
    await x.customerCalls(CALL);
    x.coordinator.distrustCallbacks();
    await x.customerCalls("CA2");
    await x.clock.advance(20_000);
    const looks = x.surveys.filter((call) => call === CALL).length;
    expect(looks).toBeGreaterThanOrEqual(5);
    expect(looks).toBeLessThan(9);
    expect(x.surveys.filter((call) => call === "CA2")).toHaveLength(1);
    x.shows(allGone(x.clock.now()));
    await x.clock.advance(5_000);
    x.surveys.length = 0;
    await x.clock.advance(40_000);
    expect(x.surveys).not.toContain(CALL);
  });

  it("the server surveys a call within a second after news of it", async () => {
    const x = coordinatorStage({ agents: [] });
    await x.customerCalls(CALL);
    x.coordinator.distrustCallbacks();
    await x.clock.advance(1_500);
    x.surveys.length = 0;
    await x.joins(CALL, "customer");
    await x.clock.advance(1_000);
    expect(x.surveys).toEqual([CALL]);
  });

  it("a new server also surveys calls that it has yet to recover", async () => {
    const { store, clock } = await died();
    const x = coordinatorStage({ store, clock });
    x.coordinator.distrustCallbacks();
    await x.coordinator.idle();
    await clock.advance(60_000);
    expect(x.surveys.length).toBeGreaterThan(12);
  });
});
