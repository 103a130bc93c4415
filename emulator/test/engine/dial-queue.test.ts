import { describe, expect, it } from "vitest";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";
import { AGENT, SECOND, queueOf, queueing, resultsOf } from "./queueing.ts";

describe("<Dial><Queue>", () => {
  it("connects the agent with the caller at the front, and then with the next", async () => {
    const stage = await queueing();
    const customer = await stage.rings();
    await stage.clock.advance(5_000);
    const second = await stage.rings(SECOND);
    const agent = await stage.serves();
    expect(stage.hearing()).toEqual([
      `${CUSTOMER} <- ${AGENT}`,
      `${SECOND} <- [wait]`,
      `${AGENT} <- ${CUSTOMER}`,
    ]);
    const customerSid = customer.callSid;
    await stage.clock.advance(4_000);
    customer.hangUp();
    await stage.clock.advance(0);
    expect(stage.sent("/served")).toMatchObject([
      { DialCallStatus: "completed", DialCallSid: customerSid, DialBridged: "true", DialCallDuration: "4" },
    ]);
    expect(stage.sent("/left")).toMatchObject([
      { QueueResult: "bridged", QueueTime: "5", CallStatus: "completed" },
    ]);
    agent.hangUp();
    await stage.serves();
    expect([second.hears(), second.state]).toEqual([[AGENT], "talking"]);
  });

  it("lets the caller go on when the agent has left", async () => {
    const stage = await queueing();
    const customer = await stage.rings();
    const agent = await stage.serves();
    expect(resultsOf(stage)).toEqual([]);
    agent.hangUp();
    await stage.clock.advance(0);
    expect([resultsOf(stage), customer.captions.at(-1)]).toEqual([[["bridged", "0"]], "You are out."]);
    expect(stage.sent("/served")).toMatchObject([{ DialCallStatus: "completed", CallStatus: "completed" }]);
  });

  it.each(["customer", "agent"] as const)(
    "tells the app of both ends when both hang up at once, the %s first",
    async (first) => {
      const stage = await queueing();
      const people = { customer: await stage.rings(), agent: await stage.serves() };
      people[first].hangUp();
      people[first === "agent" ? "customer" : "agent"].hangUp();
      await stage.clock.advance(0);
      expect(stage.sent("/left")).toMatchObject([{ QueueResult: "bridged", CallStatus: "completed" }]);
      expect(stage.sent("/served")).toMatchObject([{ DialCallStatus: "completed", CallStatus: "completed" }]);
    },
  );

  it("waits for the next caller, who hears no wait document", async () => {
    const stage = await queueing();
    const first = await stage.rings();
    first.hangUp();
    const agent = await stage.serves();
    expect(stage.hearing()).toEqual([`${AGENT} <- [ringing]`]);
    await stage.clock.advance(29_000);
    const customer = await stage.rings(SECOND);
    expect([customer.hears(), agent.hears()]).toEqual([[AGENT], [SECOND]]);
    expect(stage.app.to("/wait").length).toBe(1);
    await stage.clock.advance(60_000);
    expect(stage.sent("/served")).toEqual([]);
  });

  it("gives up after the dial's timeout", async () => {
    const stage = await queueing();
    (await stage.rings()).hangUp();
    const agent = await stage.serves(undefined, `timeout="12"`);
    await stage.clock.advance(11_900);
    expect(stage.sent("/served")).toEqual([]);
    await stage.clock.advance(200);
    expect(stage.sent("/served")).toMatchObject([{ DialCallStatus: "no-answer" }]);
    expect(agent.captions).toEqual(["Served."]);
    expect((await stage.rings(SECOND)).hears()).toEqual(["[wait]"]);
  });

  it.each([
    ["a queue that does not exist", "<Queue>nobody</Queue>", 20404],
    ["no name", "<Queue/>", 14212],
    ["a long name", `<Queue>${"x".repeat(65)}</Queue>`, 14213],
  ])("fails with %s", async (_, noun, code) => {
    const stage = await queueing();
    await stage.serves(noun);
    expect(stage.sent("/served")).toMatchObject([{ DialCallStatus: "failed" }]);
    expect(stage.warnings().map((each) => each.code)).toEqual([code]);
  });

  it("plays its document to the caller alone, who is out of the queue by then", async () => {
    const stage = await queueing();
    stage.app.on("/whisper", "<Say>An agent is there for you now.</Say>");
    const customer = await stage.rings();
    await stage.clock.advance(2_000);
    const agent = await stage.serves(`<Queue url="/whisper">support</Queue>`);
    expect(stage.hearing()).toEqual([`${CUSTOMER} <- [say]`, `${AGENT} <- [ringing]`]);
    expect(stage.sent("/whisper")).toMatchObject([
      {
        QueueSid: queueOf(stage).sid,
        QueueTime: "2",
        DequeingCallSid: agent.callSid,
        CallSid: customer.callSid,
      },
    ]);
    expect(queueOf(stage).members.size).toBe(0);
    await stage.clock.advance(10_000);
    expect(stage.hearing()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
  });

  it("takes the next caller if one hangs up during that document", async () => {
    const stage = await queueing();
    stage.app.on("/whisper", "<Say>An agent is there for you now.</Say>");
    const customer = await stage.rings();
    const second = await stage.rings(SECOND);
    await stage.serves(`<Queue url="/whisper">support</Queue>`);
    customer.hangUp();
    await stage.clock.advance(0);
    expect([resultsOf(stage), second.hears()]).toEqual([[["hangup", "0"]], ["[say]"]]);
    await stage.clock.advance(10_000);
    expect(second.hears()).toEqual([AGENT]);
  });

  it("tells the caller's action if the agent leaves during that document", async () => {
    const stage = await queueing();
    stage.app.on("/whisper", "<Say>An agent is there for you now.</Say>");
    const customer = await stage.rings();
    const agent = await stage.serves(`<Queue url="/whisper">support</Queue>`);
    agent.hangUp();
    await stage.clock.advance(10_000);
    expect(resultsOf(stage)).toEqual([["bridging-in-process", "0"]]);
    expect(customer.captions.at(-1)).toBe("You are out.");
  });

  it("ends with the star key and at its time limit, and the caller goes on", async () => {
    const star = await queueing();
    await star.rings();
    const agent = await star.serves(undefined, `hangupOnStar="true"`);
    agent.press("*");
    await star.clock.advance(0);
    expect([resultsOf(star), agent.captions]).toEqual([[["bridged", "0"]], ["Served."]]);
    const limit = await queueing();
    await limit.rings();
    await limit.serves(undefined, `timeLimit="9"`);
    await limit.clock.advance(9_000);
    expect(limit.sent("/served")).toMatchObject([{ DialCallDuration: "9" }]);
  });

  it("answers the agent's own call only when somebody is there, with answerOnBridge", async () => {
    const stage = await startEmulatorStage();
    const { app } = stage;
    app.on("/voice", ({ params }) =>
      params.From === CUSTOMER
        ? `<Enqueue waitUrl="">support</Enqueue>`
        : `<Dial answerOnBridge="true"><Queue>support</Queue></Dial>`,
    );
    (await stage.rings()).hangUp();
    const agent = await stage.rings(SECOND);
    expect(agent.state).toBe("calling");
    await stage.rings();
    expect([agent.state, agent.hears()]).toEqual(["talking", [CUSTOMER]]);
  });

  it("warns of what belongs to TaskRouter", async () => {
    const stage = await queueing();
    await stage.rings();
    const agent = await stage.serves(`<Queue reservationSid="WR1">support</Queue>`);
    expect(agent.hears()).toEqual([CUSTOMER]);
    expect(stage.warnings()[0]?.message).toContain("no TaskRouter");
  });
});

describe("REST takes a caller", () => {
  it("out of the queue to other TwiML", async () => {
    const stage = await queueing();
    stage.app.on("/elsewhere", "<Say>Elsewhere.</Say>");
    const customer = await stage.rings();
    await stage.clock.advance(4_000);
    const call = stage.emulator.engine.world.calls.get(customer.callSid ?? "");
    stage.emulator.engine.updateCall(call!, { voice: { url: `${stage.app.url}/elsewhere`, method: "POST" } });
    await stage.clock.advance(0);
    expect([resultsOf(stage), customer.captions.at(-1)]).toEqual([[["redirected", "4"]], "Elsewhere."]);
    expect(queueOf(stage).members.size).toBe(0);
  });

  it("from the agent to other TwiML, and the agent goes on", async () => {
    const stage = await queueing();
    stage.app.on("/elsewhere", `<Pause length="60"/>`);
    const customer = await stage.rings();
    const agent = await stage.serves();
    const call = stage.emulator.engine.world.calls.get(customer.callSid ?? "");
    stage.emulator.engine.updateCall(call!, { voice: { url: `${stage.app.url}/elsewhere`, method: "POST" } });
    await stage.clock.advance(0);
    expect(resultsOf(stage)).toEqual([["redirected-from-bridged", "0"]]);
    expect([customer.hears(), agent.captions]).toEqual([["[silence]"], ["Served."]]);
  });
});

it("<Leave> outside of a queue does nothing but warn", async () => {
  const stage = await startEmulatorStage();
  stage.app.on("/voice", "<Leave/><Say>Heard.</Say>");
  const customer = await stage.rings();
  expect([customer.captions, stage.warnings().length]).toEqual([["Heard."], 1]);
});

it("a queued caller and the agent hear each other's sound through the mixer", async () => {
  const stage = await queueing(`waitUrl=""`, { mixing: true });
  const customer = await stage.rings();
  customer.say({ kind: "tone", hz: 500 });
  const agent = await stage.serves();
  agent.say({ kind: "tone", hz: 1_100 });
  await expect.poll(() => agent.heardDb(500), { timeout: 5_000 }).toBeGreaterThan(-20);
  await expect.poll(() => customer.heardDb(1_100), { timeout: 5_000 }).toBeGreaterThan(-20);
  expect(customer.heardDb(500)).toBeLessThan(-40);
});
