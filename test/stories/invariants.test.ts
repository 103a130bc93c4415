import { describe, expect, it } from "vitest";
import type { CallState, Person } from "local-twilio";
import { createGate } from "../support/world/gate.ts";
import { RULES, type RuleName } from "../support/world/invariants.ts";
import type { AgentAtWork } from "../support/world/people-at-work.ts";
import { NUMBER, type World, startWorld } from "../support/world/start-world.ts";

interface Scene {
  world: World;
  customer: Person;
  agent1: AgentAtWork;
  agent2: AgentAtWork;
  /** Twilio's callbacks get lost from now on. */
  losesCallbacks: () => void;
}

const at = <T>(values: Iterable<T>, fits: (value: T) => boolean): T => {
  const found = [...values].find(fits);
  if (found === undefined) throw new Error("There is none.");
  return found;
};

/** A participant of the call's conference is changed behind the server's back. */
function hold({ world }: Scene, callSid: string | null, value: boolean): void {
  const { engine } = world.emulator;
  const conference = at(engine.world.conferences.values(), ({ status }) => status === "in-progress");
  const participant = at(conference.participants.values(), (each) => each.callSid === callSid);
  engine.updateParticipant(conference, participant, { hold: value });
}

const callOf = ({ world }: Scene, { callSid }: Person): CallState =>
  at(world.emulator.engine.world.calls.values(), ({ sid }) => sid === callSid);

const PLAIN_DIAL = { from: NUMBER, statusCallback: null, timeout: 60, timeLimit: null };

/** Dials an agent once more under a label of the call, as a server would that has lost count. */
function dial(scene: Scene, agent: string, label: string): void {
  const { emulator, server } = scene.world;
  const url = `${server.url}/conference/${scene.customer.callSid}/connect/${label}`;
  emulator.engine.createCall({
    ...PLAIN_DIAL,
    to: `client:${agent}`,
    voice: { url, method: "POST" },
    twiml: null,
    fallback: null,
  });
}

async function beginsToConsult({ world, customer }: Scene): Promise<void> {
  await world.operator(`/api/calls/${customer.callSid}/transfer`, { to: "agent2", mode: "consult" });
  await world.settle();
}

/** Each makes one thing wrong in a call of customer and agent1. */
const SABOTAGE: Record<RuleName, (scene: Scene) => Promise<void> | void> = {
  silence: (scene) => hold(scene, scene.agent1.person.callSid, true),
  cutOff: (scene) =>
    scene.world.emulator.engine.updateCall(callOf(scene, scene.customer), { status: "completed" }),
  forNothing: (scene) => dial(scene, "agent2", "agent2-1"),
  noCustomer: (scene) => {
    scene.world.emulator.people.add("+15550133333", { habit: { kind: "answers", afterMs: 0 } });
    scene.world.emulator.engine.createParticipant("a room", {
      ...PLAIN_DIAL,
      to: "+15550133333",
      label: "somebody",
      muted: false,
      beep: "false",
      startConferenceOnEnter: true,
      endConferenceOnExit: false,
      waitHook: null,
      maxParticipants: 9,
      coaching: false,
      callSidToCoach: null,
      earlyMedia: false,
      conferenceStatusCallback: null,
    });
  },
  staleCall: ({ losesCallbacks, customer }) => {
    losesCallbacks();
    customer.hangUp();
  },
  busyForNothing: async ({ losesCallbacks, agent1, agent2 }) => {
    await agent1.transfersTo("agent2");
    losesCallbacks();
    agent2.person.decline();
  },
  outcomes: async ({ world, agent1 }) => {
    await agent1.transfersTo("agent2");
    const started = at(world.story, ({ event }) => event === "transfer-started");
    (world.story as unknown[]).push({ ...started, label: "agent3-1" });
  },
  oneCall: (scene) => dial(scene, "agent1", "agent1-2"),
  notHeld: async (scene) => {
    await beginsToConsult(scene);
    hold(scene, scene.customer.callSid, false);
  },
  overheard: async (scene) => {
    await beginsToConsult(scene);
    await scene.agent2.answers();
    hold(scene, scene.customer.callSid, false);
  },
};

describe("a story fails without asking when", () => {
  it.each(Object.keys(RULES) as RuleName[])("%s is broken", async (rule) => {
    const hooks = createGate();
    const breaches = new Set<string>();
    const world = await startWorld(["agent1", "agent2"], {
      webhooksThrough: hooks.through,
      onBreach: ({ message }) => breaches.add(message),
    });
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    const customer = await world.customerRings();
    await agent1.answers();
    await world.clock.advance(15_000);
    expect([...breaches]).toEqual([]);
    const losesCallbacks = (): void =>
      hooks.shut(async () => ({ status: 204, type: "text/plain", body: "" }));
    await SABOTAGE[rule]({ world, customer, agent1, agent2, losesCallbacks });
    await world.settle();
    await world.clock.advance(RULES[rule].boundMs);
    expect([...breaches]).toEqual([]);
    await world.clock.advance(1);
    expect([...breaches]).toEqual([
      expect.stringContaining(`Invariant ${RULES[rule].invariant} (${rule}): `),
    ]);
  });
});
