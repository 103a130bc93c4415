import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Person } from "../../src/people/people.ts";
import { type EmulatorStage, startEmulatorStage } from "../support/emulator-stage.ts";

const ACTIONS = [
  "ring",
  "ring",
  "serve",
  "hang up",
  "press star",
  "redirect",
  "take out",
  "pause recording",
  "time passes",
] as const;

interface Move {
  action: (typeof ACTIONS)[number];
  who: number;
}

const CUSTOMERS = ["+15550111111", "+15550122222"];
const AGENTS = ["client:agent1", "client:agent2"];

const membersOf = ({ emulator }: EmulatorStage): string[] =>
  [...emulator.engine.world.queues.values()].flatMap(({ members }) => [...members.keys()]);

async function makeMove(
  stage: EmulatorStage,
  people: readonly Person[],
  { action, who }: Move,
): Promise<void> {
  const { engine } = stage.emulator;
  const person = people[who];
  const elsewhere = { url: `${stage.app.url}/elsewhere`, method: "POST" } as const;
  const call = engine.world.calls.get(person?.callSid ?? "");
  const [queue] = engine.world.queues.values();
  const [front] = queue?.members.keys() ?? [];
  const recording = [...engine.world.recordings.values()].find(({ status }) => status === "in-progress");
  if (action === "ring" && who < CUSTOMERS.length && person?.state === "idle")
    await person.call(stage.emulator.numbers[0]?.phoneNumber ?? "");
  if (action === "serve" && who >= CUSTOMERS.length) engine.createCall(stage.order(person?.address ?? ""));
  if (action === "hang up") person?.hangUp();
  if (action === "press star" && person?.state === "talking") person.press("*");
  if (action === "redirect" && call?.status === "in-progress") engine.updateCall(call, { voice: elsewhere });
  if (action === "take out" && queue && front !== undefined) engine.dequeue(queue, front, elsewhere);
  if (action === "pause recording" && recording)
    engine.updateRecording(recording, { status: "paused", pauseBehavior: "skip" });
  if (action === "time passes") await stage.clock.advance(7_000);
  if (who % 2 === 0) await stage.emulator.settled();
}

/** Who waits hears no person; who is connected hears the other, and is heard. */
function expectConsistent(stage: EmulatorStage, people: readonly Person[]): void {
  const { engine } = stage.emulator;
  const hearing = engine.hearing();
  const talking = people.flatMap(({ state, callSid }) => (state === "talking" && callSid ? [callSid] : []));
  for (const sid of membersOf(stage))
    expect([talking, hearing.get(sid)?.size]).toEqual([expect.arrayContaining([sid]), 0]);
  for (const [sid, heard] of hearing)
    for (const other of heard) expect(hearing.get(other)).toEqual(new Set([sid]));
}

it("nobody is lost or kept in a queue after any random series of actions", async () => {
  const move = fc.record({ action: fc.constantFrom(...ACTIONS), who: fc.nat({ max: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 25 }), async (moves) => {
      const stage = await startEmulatorStage();
      stage.app.on("/voice", `<Enqueue action="/left" waitUrl="/wait" maxQueueSize="1">support</Enqueue>`);
      stage.app.on("/wait", `<Say>Please wait.</Say><Pause length="20"/>`);
      stage.app.on("/left", `<Say>Out.</Say><Pause length="20"/>`);
      stage.app.on(
        "/agent",
        `<Dial record="record-from-ringing-dual" timeout="10" hangupOnStar="true"><Queue url="/whisper">support</Queue></Dial><Pause length="9"/>`,
      );
      stage.app.on("/whisper", "<Say>An agent is here.</Say>");
      stage.app.on("/elsewhere", `<Say>Elsewhere.</Say><Pause length="30"/>`);
      const people = [...CUSTOMERS, ...AGENTS].map((address) =>
        stage.emulator.people.add(address, { habit: { kind: "answers", afterMs: 0 } }),
      );
      for (const each of moves) await makeMove(stage, people, each);
      await stage.emulator.settled();
      expectConsistent(stage, people);
      for (const person of people) person.leave();
      await stage.clock.advance(120_000);
      const { calls, recordings } = stage.emulator.engine.world;
      expect([...calls.values()].filter(({ endTime }) => endTime === null)).toEqual([]);
      expect(membersOf(stage)).toEqual([]);
      const unfinished = [...recordings.values()].filter(
        ({ status }) => !["completed", "absent"].includes(status),
      );
      expect(unfinished).toEqual([]);
      const entered = [...calls.values()].filter(
        ({ direction, answeredAt }) => direction === "inbound" && answeredAt !== null,
      );
      const told = stage.sent("/left").map(({ CallSid }) => CallSid ?? "");
      expect(told.toSorted()).toEqual(entered.map(({ sid }) => sid).toSorted());
    }),
    { numRuns: 40 },
  );
}, 60_000);
