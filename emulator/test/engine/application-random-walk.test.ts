import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Person } from "../../src/people/people.ts";
import type { CallState } from "../../src/types.ts";
import { isOver } from "../../src/world/calls.ts";
import type { EmulatorStage } from "../support/emulator-stage.ts";
import { dialling } from "./applying.ts";

const ACTIONS = ["ring", "answer", "decline", "hang up", "press", "redirect", "end", "call", "time"] as const;

interface Move {
  action: (typeof ACTIONS)[number];
  who: number;
}

const DOCUMENTS = [
  `<Dial action="/again"><Client>agent1</Client></Dial>`,
  `<Dial answerOnBridge="true" timeout="5"><Client>agent1</Client></Dial><Reject/>`,
  `<Gather numDigits="1" action="/again"><Say>Press one.</Say></Gather>`,
  "<Dial><Conference>room</Conference></Dial>",
  `<Reject reason="busy"/>`,
  "<Hangup/>",
];

const callsOf = ({ emulator }: EmulatorStage): CallState[] => [...emulator.engine.world.calls.values()];

async function makeMove(stage: EmulatorStage, people: Person[], { action, who }: Move): Promise<void> {
  const { engine, numbers } = stage.emulator;
  const person = people[who % people.length];
  const live = callsOf(stage).filter((call) => !isOver(call));
  const call = live[who % Math.max(1, live.length)];
  if (action === "ring" && person?.state === "idle") await person.call(numbers[0]!.phoneNumber);
  if (action === "answer") person?.answer();
  if (action === "decline") person?.decline();
  if (action === "hang up") person?.hangUp();
  if (action === "press") person?.press("1*");
  if (action === "redirect" && call?.status === "in-progress")
    engine.updateCall(call, { voice: { url: `${stage.app.url}/again`, method: "POST" } });
  if (action === "end" && call) engine.updateCall(call, { status: "completed" });
  if (action === "call") engine.createCall(stage.order(`app:${stage.emulator.applications[0]!.sid}`));
  if (action === "time") await stage.clock.advance(4_000);
  if (who % 2 === 0) await stage.emulator.settled();
}

/** Both ends of a call to an application are up, or both are over. Only people who talk are heard. */
function expectConsistent(stage: EmulatorStage, people: Person[]): void {
  const { engine } = stage.emulator;
  for (const { sid, counterpart, status } of callsOf(stage).filter((call) => call.counterpart !== null)) {
    const other = engine.world.calls.get(counterpart ?? "");
    expect([sid, other?.status === "in-progress"]).toEqual([sid, status === "in-progress"]);
    expect([sid, other && isOver(other)]).toEqual([sid, isOver({ status })]);
  }
  const talking = people.filter(({ state }) => state === "talking").map(({ callSid }) => callSid);
  for (const heard of engine.hearing().values()) for (const sid of heard) expect(talking).toContain(sid);
}

it("both ends of a call to an application begin and end together after any random series of actions", async () => {
  const moves = fc.array(fc.record({ action: fc.constantFrom(...ACTIONS), who: fc.nat(5) }), {
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...DOCUMENTS), moves, async (document, series) => {
      const stage = await dialling({ app: document, habit: { kind: "never-answers" } });
      stage.app.on("/again", document);
      stage.app.on("/agent", "<Pause length='5'/>");
      const people = [stage.customer, stage.agent];
      for (const move of series) await makeMove(stage, people, move);
      await stage.emulator.settled();
      expectConsistent(stage, people);
      for (const person of people) person.hangUp();
      await stage.clock.advance(120_000);
      expectConsistent(stage, people);
      await stage.emulator.close();
      await stage.app.close();
    }),
    { numRuns: 40 },
  );
});
