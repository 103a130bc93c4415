import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Person } from "../../src/people/people.ts";
import { NUMBER, type EmulatorStage, startEmulatorStage } from "../support/emulator-stage.ts";

const ACTIONS = [
  "customer rings",
  "dial agent",
  "dial participant",
  "answer",
  "decline",
  "hang up",
  "hold",
  "remove",
  "redirect",
  "end call",
  "end conference",
  "time passes",
] as const;

interface Move {
  action: (typeof ACTIONS)[number];
  who: number;
}

const ADDRESSES = ["+15550111111", "+15550122222", "client:agent1", "client:agent2"];

const conferencesOf = (stage: EmulatorStage) =>
  [...stage.emulator.engine.world.conferences.values()].filter((c) => c.status !== "completed");

function restMove(stage: EmulatorStage, people: Person[], { action, who }: Move): void {
  const { engine } = stage.emulator;
  const address = ADDRESSES[2 + (who % 2)] ?? "";
  const [conference] = conferencesOf(stage);
  const participant = [...(conference?.participants.values() ?? [])][who];
  const call = engine.world.calls.get(people[who]?.callSid ?? "");
  if (action === "dial agent") engine.createCall(stage.order(address));
  if (action === "dial participant") {
    const rest = { label: null, muted: false, startConferenceOnEnter: true, endConferenceOnExit: who > 2 };
    const room = {
      beep: "true",
      waitHook: null,
      maxParticipants: 250,
      conferenceStatusCallback: null,
    } as const;
    const coach = { coaching: false, callSidToCoach: null, earlyMedia: true };
    engine.createParticipant("room", { ...stage.order(address), ...rest, ...room, ...coach });
  }
  if (action === "hold" && conference && participant)
    engine.updateParticipant(conference, participant, { hold: !participant.hold });
  if (action === "remove" && conference && participant) engine.removeParticipant(conference, participant);
  if (action === "end conference" && conference) engine.updateConference(conference, { end: true });
  if (action === "end call" && call) engine.updateCall(call, { status: "completed" });
  if (action === "redirect" && call?.status === "in-progress")
    engine.updateCall(call, { voice: { url: `${stage.app.url}/elsewhere`, method: "POST" } });
}

async function makeMove(stage: EmulatorStage, people: Person[], move: Move): Promise<void> {
  const person = people[move.who];
  if (move.action === "customer rings" && person?.state === "idle") await person.call(NUMBER);
  if (move.action === "answer") person?.answer();
  if (move.action === "decline") person?.decline();
  if (move.action === "hang up") person?.hangUp();
  if (move.action === "time passes") await stage.clock.advance(20_000);
  restMove(stage, people, move);
  if (move.who % 2 === 0) await stage.emulator.settled();
}

function expectConsistent(stage: EmulatorStage, people: Person[]): void {
  const { engine } = stage.emulator;
  const talking = people.filter((person) => person.state === "talking").map((person) => person.callSid);
  const up = [...engine.world.calls.values()].filter((call) => call.status === "in-progress");
  expect(new Set(up.map((call) => call.sid))).toEqual(new Set(talking));
  for (const heard of engine.hearing().values()) for (const sid of heard) expect(talking).toContain(sid);
  for (const conference of conferencesOf(stage))
    for (const sid of conference.participants.keys())
      expect(["queued", "ringing", "in-progress"]).toContain(engine.world.calls.get(sid)?.status);
}

it("the engine agrees with what people see after any random series of actions", async () => {
  const move = fc.record({ action: fc.constantFrom(...ACTIONS), who: fc.nat({ max: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 25 }), async (moves) => {
      const stage = await startEmulatorStage();
      stage.app.on(
        "/voice",
        `<Dial action="/after"><Conference statusCallback="/events">room</Conference></Dial>`,
      );
      stage.app.on("/agent", `<Dial><Conference endConferenceOnExit="true">room</Conference></Dial>`);
      stage.app.on("/after", `<Dial timeout="10"><Client>agent1</Client><Client>agent2</Client></Dial>`);
      stage.app.on("/elsewhere", `<Say>Elsewhere.</Say><Pause length="30"/>`);
      const people = ADDRESSES.map((address) => stage.emulator.people.add(address));
      for (const each of moves) await makeMove(stage, people, each);
      await stage.emulator.settled();
      expectConsistent(stage, people);
      for (const person of people) person.leave();
      await stage.clock.advance(120_000);
      const open = [...stage.emulator.engine.world.calls.values()].filter((call) => call.endTime === null);
      expect(open).toEqual([]);
      expect(conferencesOf(stage)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 30_000);
