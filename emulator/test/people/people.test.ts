import { expect, it, vi } from "vitest";
import { powerAt } from "../../src/people/ear.ts";
import { toneData, wavFile } from "../media/wav-files.ts";
import { CUSTOMER, NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";

const LOUD_DB = -30;
const QUIET_DB = -60;

/** Waits, in real time, until the sound is as expected. */
const eventually = (check: () => void): Promise<void> => vi.waitFor(check, 15_000);

it("two people in a conference hear each other and not themselves", async () => {
  const { emulator, app, clock, order } = await startEmulatorStage({ mixing: true });
  app.on("/voice", `<Dial><Conference beep="false" waitUrl="">room</Conference></Dial>`);
  app.on("/agent", `<Dial><Conference beep="false">room</Conference></Dial>`);
  const customer = emulator.people.add(CUSTOMER, { voice: { kind: "tone", hz: 600 } });
  const agent = emulator.people.add("client:agent1", {
    habit: { kind: "answers", afterMs: 0 },
    voice: { kind: "tone", hz: 1_000 },
  });
  await customer.call(NUMBER);
  await emulator.settled();
  emulator.engine.createCall(order("client:agent1"));
  await clock.advance(0);
  await eventually(() => {
    expect(customer.heardDb(1_000, 200)).toBeGreaterThan(LOUD_DB);
    expect(agent.heardDb(600, 200)).toBeGreaterThan(LOUD_DB);
  });
  expect(customer.heardDb(600, 200)).toBeLessThan(QUIET_DB);
  expect(agent.heardDb(1_000, 200)).toBeLessThan(QUIET_DB);

  const [conference] = emulator.engine.world.conferences.values();
  const held = conference?.participants.get(customer.callSid ?? "");
  if (!conference || !held) throw new Error("The customer is not in the conference");
  emulator.engine.updateParticipant(conference, held, { hold: true, holdHook: { url: "", method: "GET" } });
  await eventually(() => {
    expect(customer.heardDb(1_000, 200)).toBeLessThan(QUIET_DB);
    expect(agent.heardDb(600, 200)).toBeLessThan(QUIET_DB);
  });
});

it("the coached agent hears the coach, and the customer does not", async () => {
  const { emulator, app, clock, order } = await startEmulatorStage({ mixing: true });
  const conference = (attributes: string): string =>
    `<Dial><Conference beep="false" ${attributes}>room</Conference></Dial>`;
  app.on("/voice", conference(`waitUrl=""`));
  app.on("/agent", conference(""));
  const habit = { kind: "answers", afterMs: 0 } as const;
  const customer = emulator.people.add(CUSTOMER, { voice: { kind: "tone", hz: 600 } });
  const agent = emulator.people.add("client:agent1", { habit });
  const coach = emulator.people.add("client:coach", { habit, voice: { kind: "tone", hz: 1_400 } });
  await customer.call(NUMBER);
  await emulator.settled();
  emulator.engine.createCall(order("client:agent1"));
  await clock.advance(0);
  app.on("/agent", conference(`coach="${agent.callSid}"`));
  emulator.engine.createCall(order("client:coach"));
  await clock.advance(0);
  await eventually(() => {
    expect(agent.heardDb(1_400, 200)).toBeGreaterThan(LOUD_DB);
    expect(agent.heardDb(600, 200)).toBeGreaterThan(LOUD_DB);
    expect(coach.heardDb(600, 200)).toBeGreaterThan(LOUD_DB);
  });
  expect(customer.heardDb(1_400, 200)).toBeLessThan(QUIET_DB);
  coach.hangUp();
  await eventually(() => expect(agent.heardDb(1_400, 200)).toBeLessThan(QUIET_DB));
});

it("a person speaks a WAV file once", async () => {
  const { emulator, app, clock } = await startEmulatorStage({ mixing: true });
  app.on("/voice", `<Dial><Client>agent1</Client></Dial>`);
  const bytes = wavFile({ rate: 16_000, data: toneData(900, 16_000, 600) });
  const customer = emulator.people.add(CUSTOMER);
  const agent = emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
  await customer.call(NUMBER);
  await emulator.settled();
  await clock.advance(0);
  customer.say({ kind: "wav", bytes });
  await eventually(() => expect(agent.heardDb(900, 200)).toBeGreaterThan(LOUD_DB));
  await eventually(() => expect(agent.heardDb(900, 200)).toBeLessThan(QUIET_DB));
  expect(customer.heardDb(900, 3_000)).toBeLessThan(QUIET_DB);
});

it("a customer hears ringing in the mixed sound while an agent's phone rings", async () => {
  const { emulator, app, clock } = await startEmulatorStage({ mixing: true });
  app.on("/voice", `<Dial timeout="30"><Client>agent1</Client></Dial><Pause length="60"/>`);
  const customer = emulator.people.add(CUSTOMER);
  emulator.people.add("client:agent1");
  await customer.call(NUMBER);
  await emulator.settled();
  await eventually(() => expect(customer.heardDb(480, 200)).toBeGreaterThan(LOUD_DB));
  await clock.advance(35_000);
  await eventually(() => expect(customer.heardDb(480, 200)).toBeLessThan(QUIET_DB));
});

it("the ear measures a full-scale sine as 0 dB, and another frequency as nothing", () => {
  const samples = Array.from({ length: 800 }, (_, i) => 32_767 * Math.sin((2 * Math.PI * 1_000 * i) / 8_000));
  expect(10 * Math.log10(powerAt(samples, 1_000))).toBeCloseTo(0, 1);
  expect(10 * Math.log10(powerAt(samples, 600))).toBeLessThan(-60);
});

it("a person follows a habit: answers, talks, and hangs up", async () => {
  const { emulator, app, order, clock } = await startEmulatorStage();
  app.on("/agent", `<Pause length="60"/>`);
  const habit = { kind: "answers-and-hangs-up", afterMs: 1_000, talkMs: 500 } as const;
  const agent = emulator.people.add("client:agent1", { habit });
  emulator.engine.createCall(order("client:agent1"));
  await emulator.settled();
  expect(agent.state).toBe("ringing");
  await clock.advance(1_000);
  expect(agent.state).toBe("talking");
  await clock.advance(500);
  expect([agent.state, agent.callSid]).toEqual(["idle", null]);
});

it("a person who has left cannot be found", async () => {
  const { emulator } = await startEmulatorStage();
  const agent = emulator.people.add("client:agent1");
  expect(emulator.engine.isReachable("client:agent1")).toBe(true);
  agent.leave();
  expect(emulator.engine.isReachable("client:agent1")).toBe(false);
});

it("a person in a call cannot call", async () => {
  const { rings, app } = await startEmulatorStage();
  app.on("/voice", `<Pause length="60"/>`);
  const customer = await rings();
  await expect(customer.call(NUMBER)).rejects.toThrow(`${CUSTOMER} cannot call: it is talking`);
});

it("a person hears named people, or sounds in brackets, or nothing without a call", async () => {
  const { emulator, app, clock, rings, order } = await startEmulatorStage();
  app.on("/voice", `<Dial><Conference beep="false" startConferenceOnEnter="false">room</Conference></Dial>`);
  app.on("/agent", `<Dial><Conference beep="false">room</Conference></Dial>`);
  const agent = emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 1_000 } });
  const customer = await rings();
  expect([customer.hears(), agent.hears()]).toEqual([["[wait]"], []]);
  emulator.engine.createCall(order("client:agent1"));
  await clock.advance(1_000);
  expect([customer.hears(), agent.hears()]).toEqual([["client:agent1"], [CUSTOMER]]);
  agent.hangUp();
  await emulator.settled();
  expect([customer.hears(), agent.hears()]).toEqual([["[silence]"], []]);
});
