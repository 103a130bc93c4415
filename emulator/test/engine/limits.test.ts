import { describe, expect, it } from "vitest";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";
import { AGENT, TARGET, participantOrder, talking } from "./talking.ts";

const LATECOMER = "+15550122222";

const room = (attributes: string): string => `<Dial><Conference ${attributes}>room</Conference></Dial>`;

describe("a conference for two", () => {
  const forTwo = async () => {
    const stage = await startEmulatorStage();
    stage.app.on("/voice", `${room(`maxParticipants="2"`)}<Say>It is full.</Say>`);
    const [first, second] = [await stage.rings(), await stage.rings("+15550133333")];
    return { ...stage, first, second };
  };

  it("refuses a third participant by TwiML, who goes on with the next verb", async () => {
    const { rings, warnings, hearing } = await forTwo();
    const third = await rings(LATECOMER);
    expect(third.captions).toEqual(["It is full."]);
    expect(warnings().map(({ code }) => code)).toEqual([16020]);
    expect(hearing()[0]).toBe(`${CUSTOMER} <- +15550133333`);
  });

  it("refuses a third participant by REST until one has left", async () => {
    const stage = await forTwo();
    const order = participantOrder(stage, TARGET);
    const dial = () => stage.emulator.engine.createParticipant("room", order);
    expect(dial).toThrow(expect.objectContaining({ code: 16020 }));
    stage.first.hangUp();
    expect(dial).not.toThrow();
  });
});

describe("TwiML that Twilio refuses", () => {
  it.each([
    ["a label with a slash", `participantLabel="a/b"`, 16023],
    ["a label like a Call SID", `participantLabel="CA${"0".repeat(32)}"`, 16023],
    ["a coach of an unknown call", `coach="CA${"0".repeat(32)}"`, 13240],
  ])("%s: goes on with the next verb", async (_, attributes, code) => {
    const { app, rings, warnings } = await startEmulatorStage();
    app.on("/voice", `${room(attributes)}<Say>Next verb.</Say>`);
    const customer = await rings();
    expect(customer.captions).toEqual(["Next verb."]);
    expect(warnings().map((warning) => warning.code)).toEqual([code]);
  });

  it("a conference without a name", async () => {
    const { app, rings, warnings } = await startEmulatorStage();
    app.on("/voice", "<Dial><Conference></Conference></Dial><Say>Next verb.</Say>");
    expect((await rings()).captions).toEqual(["Next verb."]);
    expect(warnings().map(({ code }) => code)).toEqual([13223]);
  });

  it("a <Dial> at the called side before it is connected", async () => {
    const { app, clock, emulator, rings, warnings, hearing } = await startEmulatorStage();
    app.on("/voice", `<Dial><Client url="/whisper">agent1</Client></Dial>`);
    app.on("/whisper", "<Dial>+15550122222</Dial>");
    emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    await rings();
    await clock.advance(0);
    expect(warnings().map(({ code }) => code)).toEqual([13201]);
    expect(hearing()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
  });

  it("more than ten nouns: the eleventh does not ring", async () => {
    const { app, emulator, rings, warnings } = await startEmulatorStage();
    const names = Array.from({ length: 11 }, (_, i) => `agent${i + 1}`);
    app.on("/voice", `<Dial>${names.map((name) => `<Client>${name}</Client>`).join("")}</Dial>`);
    const agents = names.map((name) => emulator.people.add(`client:${name}`));
    await rings();
    expect(agents.map(({ state }) => state)).toEqual([
      ...Array.from({ length: 10 }, () => "ringing"),
      "idle",
    ]);
    expect(warnings().map(({ code }) => code)).toEqual([12200]);
  });
});

describe("a coach", () => {
  it("cannot coach a participant who is held or not there", async () => {
    const { emulator, conference, of, agent, customer } = await talking();
    const hold = (isHeld: boolean) =>
      emulator.engine.updateParticipant(conference, of(customer), { hold: isHeld });
    const coach = (callSidToCoach: string) => () =>
      emulator.engine.updateParticipant(conference, of(agent), { coaching: true, callSidToCoach });
    expect(coach(`CA${"0".repeat(32)}`)).toThrow(expect.objectContaining({ code: 16028 }));
    hold(true);
    expect(coach(of(customer).callSid)).toThrow(expect.objectContaining({ code: 16027 }));
    hold(false);
    expect(coach(of(customer).callSid)).not.toThrow();
  });
});

it("the emulator answers REST before it sends a request to the app", async () => {
  const { emulator, order, app } = await startEmulatorStage();
  emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
  const call = emulator.engine.createCall(order(AGENT));
  const asked = await Promise.resolve(emulator.deliveries.length);
  expect([call.status, asked]).toEqual(["queued", 0]);
  await emulator.settled();
  expect(app.to("/calls").length).toBeGreaterThan(0);
});

describe("the longest duration of a call", () => {
  const HOURS = 3_600_000;

  it("is four hours, for incoming and outgoing calls", async () => {
    const { emulator, app, rings, clock, order } = await startEmulatorStage();
    app.on("/voice", "<Dial><Conference>room</Conference></Dial>");
    app.on("/agent", `<Dial timeLimit="86400"><Conference>room</Conference></Dial>`);
    const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    const customer = await rings();
    emulator.engine.createCall(order(AGENT));
    await clock.advance(4 * HOURS - 1);
    expect([customer.state, agent.state]).toEqual(["talking", "talking"]);
    await clock.advance(1);
    expect([customer.state, agent.state]).toEqual(["idle", "idle"]);
  });

  it("is a day for an account that allows it; TimeLimit makes it shorter, not longer", async () => {
    const { emulator, app, clock, order } = await startEmulatorStage({ maxCallSeconds: 24 * 3_600 });
    app.on("/agent", `<Dial timeLimit="86400"><Conference>room</Conference></Dial>`);
    const agents = [AGENT, TARGET].map((to) =>
      emulator.people.add(to, { habit: { kind: "answers", afterMs: 0 } }),
    );
    emulator.engine.createCall(order(AGENT, { timeLimit: 5 * 3_600 }));
    emulator.engine.createCall(order(TARGET, { timeLimit: 99 * 3_600 }));
    await clock.advance(5 * HOURS);
    expect(agents.map(({ state }) => state)).toEqual(["idle", "talking"]);
    await clock.advance(19 * HOURS);
    expect(agents.map(({ state }) => state)).toEqual(["idle", "idle"]);
  });

  it("of a <Dial> ends the <Dial>, and the call goes on with its action", async () => {
    const { app, rings, clock, sent } = await startEmulatorStage();
    app.on("/voice", `<Dial timeLimit="60" action="/after"><Conference>room</Conference></Dial>`);
    app.on("/after", "<Say>That was long.</Say><Pause length='5'/>");
    const customer = await rings();
    await clock.advance(60_000);
    expect(customer.captions).toEqual(["That was long."]);
    expect(sent("/after")).toMatchObject([{ CallStatus: "in-progress", DialCallStatus: "answered" }]);
    expect(customer.state).toBe("talking");
  });
});
