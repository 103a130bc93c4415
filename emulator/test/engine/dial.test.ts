import { describe, expect, it } from "vitest";
import type { Habit } from "../../src/people/people.ts";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";

const AGENT = "client:agent1";
const dial = (attributes: string, nouns = "<Client>agent1</Client>"): string =>
  `<Dial action="/after" ${attributes}>${nouns}</Dial>`;

/** A customer rings and is dialled through to an agent with this habit. */
async function dialling(habit: Habit, document = dial("")) {
  const stage = await startEmulatorStage();
  stage.app.on("/voice", document);
  stage.app.on("/after", "<Say>That was it.</Say>");
  const agent = stage.emulator.people.add(AGENT, { habit });
  const customer = await stage.rings();
  return { ...stage, agent, customer };
}

describe("<Dial> with a browser", () => {
  it("connects the two; when the agent hangs up, the action gets the result", async () => {
    const { agent, customer, clock, hearing, emulator, app } = await dialling({
      kind: "answers",
      afterMs: 2_000,
    });
    expect(hearing()).toEqual([`${CUSTOMER} <- [ringing]`]);
    await clock.advance(2_000);
    expect(hearing()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
    const dialled = agent.callSid;
    await clock.advance(7_000);
    agent.hangUp();
    await emulator.settled();
    expect(app.to("/after")[0]?.params).toMatchObject({
      CallSid: customer.callSid,
      DialCallStatus: "completed",
      DialCallSid: dialled,
      DialCallDuration: "7",
      DialBridged: "true",
    });
    expect(customer.captions).toEqual(["That was it."]);
  });

  const outcomes: [Habit["kind"], Habit, string, number][] = [
    ["never-answers", { kind: "never-answers" }, "no-answer", 35_000],
    ["busy", { kind: "busy" }, "busy", 0],
    ["declines", { kind: "declines", afterMs: 1_000 }, "busy", 1_000],
    ["unreachable", { kind: "unreachable" }, "failed", 0],
  ];
  it.each(outcomes)("goes on with the action when the agent %s", async (_, habit, status, afterMs) => {
    const { customer, clock, app } = await dialling(habit);
    if (afterMs > 0) await clock.advance(afterMs - 1);
    expect(app.to("/after")).toHaveLength(afterMs > 0 ? 0 : 1);
    await clock.advance(1);
    expect(app.to("/after")[0]?.params).toMatchObject({ DialCallStatus: status, DialBridged: "false" });
    expect(customer.captions).toEqual(["That was it."]);
  });

  it("stops ringing when the customer gives up", async () => {
    const { customer, agent, emulator } = await dialling({ kind: "never-answers" });
    expect(agent.state).toBe("ringing");
    customer.hangUp();
    await emulator.settled();
    expect(agent.state).toBe("idle");
    const child = [...emulator.engine.world.calls.values()].find(
      (call) => call.direction === "outbound-dial",
    );
    expect(child?.status).toBe("canceled");
  });

  it("ends for the agent when the customer hangs up", async () => {
    const { customer, agent, clock } = await dialling({ kind: "answers", afterMs: 0 });
    await clock.advance(0);
    customer.hangUp();
    expect(agent.state).toBe("idle");
  });

  it("rings several browsers; after the first answer, the others stop", async () => {
    const nouns = "<Client>agent1</Client><Client>agent2</Client>";
    const { emulator, app, rings, clock, hearing } = await startEmulatorStage();
    app.on("/voice", dial("", nouns));
    const slow = emulator.people.add("client:agent2");
    emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 100 } });
    await rings();
    expect(slow.state).toBe("ringing");
    await clock.advance(100);
    expect(slow.state).toBe("idle");
    expect(hearing()).toContain(`${CUSTOMER} <- ${AGENT}`);
  });

  it("rings one after the other when sequential", async () => {
    const { emulator, app, rings, clock } = await startEmulatorStage();
    app.on("/voice", dial(`sequential="true" timeout="5"`, "<Client>agent2</Client><Client>agent1</Client>"));
    const [first, second] = [emulator.people.add("client:agent2"), emulator.people.add(AGENT)];
    await rings();
    expect([first.state, second.state]).toEqual(["ringing", "idle"]);
    await clock.advance(10_000);
    expect([first.state, second.state]).toEqual(["idle", "ringing"]);
  });

  it("whispers to the agent before the customer is connected", async () => {
    const { agent, clock, hearing, app } = await dialling(
      { kind: "answers", afterMs: 0 },
      dial("", `<Client url="/whisper">agent1</Client>`),
    );
    app.on("/whisper", "<Say>A call for sales.</Say>");
    await clock.advance(0);
    expect(agent.captions).toEqual(["A call for sales."]);
    expect(hearing()).toEqual([`${CUSTOMER} <- [ringing]`, `${AGENT} <- [say]`]);
    await clock.advance(20_000);
    expect(hearing()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
  });

  it("reports the dialled call to the noun's own status callback", async () => {
    const noun = `<Client statusCallback="/legs" statusCallbackEvent="ringing answered completed">agent1</Client>`;
    const { agent, clock, emulator, customer, sent } = await dialling(
      { kind: "answers", afterMs: 1_000 },
      dial("", noun),
    );
    await clock.advance(1_000);
    agent.hangUp();
    await emulator.settled();
    expect(sent("/legs").map((p) => p.CallStatus)).toEqual(["ringing", "in-progress", "completed"]);
    expect(sent("/legs")[0]).toMatchObject({ ParentCallSid: customer.callSid, Direction: "outbound-dial" });
  });
});

describe("<Dial>'s attributes", () => {
  it("keep the customer's call ringing until an agent answers, with answerOnBridge", async () => {
    const { customer, clock } = await dialling(
      { kind: "answers", afterMs: 1_000 },
      dial(`answerOnBridge="true"`),
    );
    expect(customer.state).toBe("calling");
    await clock.advance(1_000);
    expect(customer.state).toBe("talking");
  });

  it("let the customer leave the agent with a star, with hangupOnStar", async () => {
    const { customer, agent, clock, emulator } = await dialling(
      { kind: "answers", afterMs: 0 },
      dial(`hangupOnStar="true"`),
    );
    await clock.advance(0);
    customer.press("1");
    expect(agent.state).toBe("talking");
    customer.press("*");
    await emulator.settled();
    expect([agent.state, customer.captions]).toEqual(["idle", ["That was it."]]);
  });

  it("end the talk after timeLimit", async () => {
    const { agent, clock } = await dialling({ kind: "answers", afterMs: 0 }, dial(`timeLimit="60"`));
    await clock.advance(59_999);
    expect(agent.state).toBe("talking");
    await clock.advance(1);
    expect(agent.state).toBe("idle");
  });

  it("show callerId to the dialled number", async () => {
    const { emulator, app, rings } = await startEmulatorStage();
    app.on("/voice", `<Dial callerId="+15550100000">+1 (555) 012-3456</Dial>`);
    const phone = emulator.people.add("+15550123456");
    await rings();
    expect(phone.state).toBe("ringing");
    expect(emulator.engine.world.calls.get(phone.callSid ?? "")?.from).toBe("+15550100000");
  });
});
