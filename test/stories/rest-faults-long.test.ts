import { describe, expect, it } from "vitest";
import { asks, refused } from "../support/world/fates.ts";
import type { Passing } from "../support/world/gate.ts";
import type { Exceptions } from "../support/world/invariant-watch.ts";
import { talkingWithGate, worldWithGate } from "../support/world/rest-faults.ts";
import { watchForSilence } from "../support/world/silence-watch.ts";

const TOGETHER = ["customer hears agent1", "agent1 hears customer"];
const WITH_AGENT2 = ["customer hears agent2", "agent2 hears customer"];

type Scene = Awaited<ReturnType<typeof worldWithGate>>;
/** A kind of request: its shape at the gate, and Twilio's name of the operation. */
type Asked = [fits: (request: Passing) => boolean, operation: string];

/** So long, in ms, the server waits for an answer. */
const TIME_OUT = 10_000;

/** By then, in ms, Twilio has taken the hold, and what was announced meanwhile has ended. agent2 rings for 20 s. */
const ANNOUNCED = 18_000;

interface Trouble {
  name: string;
  /** How long, in ms, it takes at most until Twilio has done what is asked. */
  lasts: number;
  begin(scene: Scene, asked: Asked): void;
}

const fails = (status: number, code: number, times: number, lasts: number): Trouble => ({
  name: `${status} ${times} times`,
  lasts,
  begin: ({ rest }, [fits]) => rest.stop(fits, refused(status, code), times),
});

const TROUBLES: Trouble[] = [
  // The pauses between tries are 0.5, 1, 2 and 4 s.
  fails(500, 20500, 4, 8_000),
  fails(401, 20003, 3, 4_000),
  {
    name: "the right answer, 3 s late",
    lasts: 3_500,
    begin: ({ world }, [, rest]) => void world.emulator.faults.add({ rest, delayMs: 3_000 }),
  },
  {
    name: "no answer, and no effect",
    lasts: TIME_OUT + 1_000,
    begin: ({ world }, [, rest]) =>
      void world.emulator.faults.add({ rest, delayMs: TIME_OUT, answer: "reset" }),
  },
  {
    name: "no answer, after it was done",
    lasts: TIME_OUT + 1_000,
    begin: ({ world }, [, rest]) =>
      void world.emulator.faults.add({ rest, delayMs: TIME_OUT, answer: "reset", afterEffect: true }),
  },
];
const troubles = TROUBLES.map((trouble): [string, Trouble] => [trouble.name, trouble]);

/** Twilio is asked again only after a request has timed out. */
const unanswered = { ms: TIME_OUT + 1_000, because: "Twilio answers no request for 10 s" };
const HANG_UP_HANGS: Exceptions = { forNothing: unanswered };
const DIAL_HANGS: Exceptions = { busyForNothing: unanswered };

describe("a customer whom agent1 leaves while agent2 rings is not in silence for 2 seconds", () => {
  it.each(troubles)("when the hold gets %s", async (_, trouble) => {
    const scene = await talkingWithGate();
    const { world, agent1, agent2, customer } = scene;
    const watch = watchForSilence(world, customer);
    await agent1.transfersTo("agent2");
    trouble.begin(scene, [asks.hold, "UpdateParticipant"]);
    await agent1.hangsUp();
    await watch.during(ANNOUNCED);
    expect(world.whoHearsWhom()).toContain("customer hears [hold]");
    await agent2.answers();
    await watch.during(5_000);
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(watch.tooLong()).toEqual([]);
  });
});

describe("a customer whom agent1 hands over after a consultation hears music until agent2 is there", () => {
  it.each(troubles)("when the end of the hold gets %s", async (_, trouble) => {
    const scene = await talkingWithGate();
    const { world, agent1, agent2, customer } = scene;
    const watch = watchForSilence(world, customer);
    const press = (path: string, body: object) =>
      world.operator(`/api/calls/${customer.callSid}/transfer${path}`, body);
    expect((await press("", { to: "agent2", mode: "consult" })).status).toBe(200);
    await world.settle();
    await agent2.answers();
    expect(world.whoHearsWhom()).toContain("customer hears [hold]");
    trouble.begin(scene, [asks.unhold, "UpdateParticipant"]);
    expect((await press("/complete", {})).status).toBe(200);
    await watch.during(trouble.lasts);
    expect(world.whoHearsWhom()).toEqual(WITH_AGENT2);
    expect(watch.tooLong()).toEqual([]);
    expect(agent1.person.state).toBe("idle");
  });
});

describe("an agent whom an operator mutes", () => {
  it.each(troubles)("is still muted when the request gets %s", async (_, trouble) => {
    const scene = await talkingWithGate();
    const { world, customer } = scene;
    trouble.begin(scene, [asks.mute, "UpdateParticipant"]);
    await world.operator(`/api/calls/${customer.callSid}/participants/agent1-1/mute`, {});
    await world.clock.advance(trouble.lasts);
    const [call] = await world.server.calls();
    expect(call?.legs.find(({ label }) => label === "agent1-1")?.muted).toBe(true);
    expect(world.whoHearsWhom()).toContain("agent1 hears customer");
    expect(world.whoHearsWhom()).not.toContain("customer hears agent1");
  });
});

/** Each agent's dial has failed, and is tried again 20 s later; or one has timed out, and Twilio's lists do not show it 5 s later. */
const LONGEST_WAIT = 40_000;

describe("a customer who has rung hears music, and then an agent", () => {
  it.each(troubles)("when the dials get %s", async (_, trouble) => {
    const scene = await worldWithGate(undefined, trouble.lasts > TIME_OUT ? DIAL_HANGS : {});
    const { world, agent1, agent2 } = scene;
    const isDial = ({ name }: Passing): boolean => /^POST .*\/Calls\.json$/.test(name);
    trouble.begin(scene, [isDial, "CreateCall"]);
    const customer = await world.customerRings();
    const watch = watchForSilence(world, customer);
    const isRung = (): boolean => [agent1, agent2].some(({ person }) => person.state === "ringing");
    for (let waited = 0; waited < LONGEST_WAIT && !isRung(); waited += 500) await watch.during(500);
    expect(world.whoHearsWhom()[0]).toBe("customer hears [wait]");
    const rung = [agent1, agent2].find(({ person }) => person.state === "ringing");
    await rung?.answers();
    await watch.during(5_000);
    expect(world.whoHearsWhom()).toEqual([`customer hears ${rung?.id}`, `${rung?.id} hears customer`]);
    expect(watch.tooLong()).toEqual([]);
  });
});

describe("customer and agent1 talk on during a transfer's dial", () => {
  it.each(troubles)("which gets %s", async (_, trouble) => {
    const scene = await talkingWithGate(undefined, trouble.lasts > TIME_OUT ? DIAL_HANGS : {});
    const { world, agent1, agent2, customer } = scene;
    const watch = watchForSilence(world, customer);
    trouble.begin(scene, [asks.dial("agent2"), "CreateCall"]);
    await agent1.transfersTo("agent2");
    await watch.during(TIME_OUT + 500);
    expect(world.whoHearsWhom().filter((each) => !each.startsWith("agent2"))).toEqual(TOGETHER);
    if (agent2.person.state === "ringing") await agent2.answers();
    await watch.during(30_000);
    const { call } = await agent1.shows("what became of it", (view) => view.call?.transfer != null);
    const outcome = call?.transfer?.outcome;
    expect(outcome).toBe(agent2.person.state === "talking" ? null : "failed");
    expect(world.whoHearsWhom()).toHaveLength(outcome === null ? 3 : 2);
    expect(watch.tooLong()).toEqual([]);
  });
});

describe("agents who ring for a customer who has hung up", () => {
  it.each(troubles)("stop when the hang-up gets %s", async (_, trouble) => {
    const scene = await talkingWithGate(undefined, trouble.lasts > TIME_OUT ? HANG_UP_HANGS : {});
    const { world, agent1, agent2, customer } = scene;
    await agent1.transfersTo("agent2");
    trouble.begin(scene, [asks.hangUp, "UpdateCall"]);
    customer.hangUp();
    await world.settle();
    await world.clock.advance(Math.max(5_000, trouble.lasts));
    expect([agent1.person.state, agent2.person.state]).toEqual(["idle", "idle"]);
  });
});

describe("a customer whom the last agent leaves hears the closing sentence within 2 seconds", () => {
  it.each([...troubles, ["404", fails(404, 20404, 1, 1_000)], ["400", fails(400, 21220, 1, 1_000)]] as const)(
    "when ending the conference gets %s",
    async (_, trouble) => {
      const scene = await talkingWithGate();
      const { world, agent1, customer } = scene;
      const watch = watchForSilence(world, customer);
      trouble.begin(scene, [asks.endConference, "UpdateConference"]);
      await agent1.hangsUp();
      await watch.during(2_000);
      expect(customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
      await watch.during(TIME_OUT);
      expect(customer.state).toBe("idle");
      expect(watch.tooLong()).toEqual([]);
    },
  );
});
