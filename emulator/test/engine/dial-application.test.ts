import { describe, expect, it } from "vitest";
import { CUSTOMER, NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";
import { AGENT, PLAIN, SID, dialling } from "./applying.ts";

/** As of any incoming call, without an attestation and a token, which only a call from outside has. */
const FIELDS = [
  ..."AccountSid ApiVersion CallSid CallStatus Direction From To Caller Called ApplicationSid".split(" "),
  ..."FromCity FromState FromZip FromCountry CallerCity CallerState CallerZip CallerCountry".split(" "),
  ..."CustomerId Param_Ticket Param_Account".split(" "),
];

describe("<Dial><Application>", () => {
  it("connects the caller with whom the application dials: both hear each other", async () => {
    const { agent, customer, clock, sent } = await dialling({ app: "<Dial><Client>agent1</Client></Dial>" });
    expect([customer.hears(), agent.state]).toEqual([["[ringing]"], "ringing"]);
    await clock.advance(1_000);
    expect([customer.hears(), agent.hears()]).toEqual([[AGENT], [CUSTOMER]]);
    await clock.advance(4_000);
    agent.hangUp();
    await clock.advance(0);
    expect(sent("/done")).toMatchObject([
      {
        CallSid: customer.callSid,
        DialCallStatus: "completed",
        DialCallDuration: "5",
        DialBridged: "true",
        DialCallSid: expect.stringMatching(/^CA[0-9a-f]{32}$/) as string,
      },
    ]);
    expect(customer.captions).toEqual(["Goodbye."]);
  });

  it("carries the sound of both, and of the application's own TwiML", async () => {
    const { agent, customer, clock, emulator } = await dialling(
      { app: "<Dial><Client>agent1</Client></Dial>" },
      { mixing: true },
    );
    agent.say({ kind: "tone", hz: 1_100 });
    customer.say({ kind: "tone", hz: 600 });
    await clock.advance(1_000);
    await emulator.settled();
    await expect.poll(() => customer.heardDb(1_100, 200), { timeout: 5_000 }).toBeGreaterThan(-30);
    await expect.poll(() => agent.heardDb(600, 200), { timeout: 5_000 }).toBeGreaterThan(-30);
    expect(customer.heardDb(600, 200)).toBeLessThan(-50);
  });

  it("lets the caller hear what the application says, and the application the caller's keys", async () => {
    const menu = `<Gather numDigits="1" action="/chosen"><Say>Press one.</Say></Gather>`;
    const { app, customer, clock, own, sent } = await dialling({ app: menu });
    expect(customer.hears()).toEqual(["[say]"]);
    expect(customer.captions).toEqual(["Press one."]);
    app.on("/chosen", "<Say>Thank you.</Say><Hangup/>");
    customer.press("1");
    await clock.advance(0);
    expect(sent("/chosen")).toMatchObject([{ Digits: "1", CallSid: own()?.sid, From: CUSTOMER }]);
    await clock.advance(10_000);
    expect(customer.captions).toEqual(["Press one.", "Thank you.", "Goodbye."]);
  });

  it("requests the application's voice URL as an incoming call of its own, with the custom parameters", async () => {
    const noun = `<Application customerId="Flowers"><ApplicationSid> ${SID} </ApplicationSid>
      <Parameter name="Ticket" value="9 &amp; 8"/><Parameter name="Account" value="12"/></Application>`;
    const { app, customer, own, emulator } = await dialling({ noun, app: "<Redirect>/next</Redirect>" });
    const [request] = app.to("/app");
    expect(request?.isSigned).toBe(true);
    expect(request?.params).toMatchObject({
      CustomerId: "Flowers",
      Param_Ticket: "9 & 8",
      Param_Account: "12",
    });
    expect(request?.params).toMatchObject({ From: CUSTOMER, To: SID, Called: SID, ApplicationSid: SID });
    expect(request?.params).toMatchObject({
      Direction: "inbound",
      CallStatus: "ringing",
      CallSid: own()?.sid,
    });
    expect(Object.keys(request?.params ?? {}).toSorted()).toEqual(FIELDS.toSorted());
    const [next] = app.to("/next");
    expect(next?.params).toMatchObject({ ApplicationSid: SID, To: SID });
    expect(next?.params).not.toHaveProperty("Param_Account");
    const child = [...emulator.engine.world.calls.values()].find((call) => call.to === `app:${SID}`);
    expect(child).toMatchObject({ direction: "outbound-dial", parentCallSid: customer.callSid });
  });

  it.each([
    ["", SID],
    [`copyParentTo="false"`, SID],
    [`copyParentTo="true"`, NUMBER],
  ])("tells the application as To, with %j: %s", async (attribute, to) => {
    const { sent, emulator } = await dialling({ noun: `<Application ${attribute}>${SID}</Application>` });
    const { accountSid } = emulator.credentials;
    expect(sent("/app")).toMatchObject([{ To: to, Called: to, From: CUSTOMER, CustomerId: accountSid }]);
  });

  it("shows callerId to the application", async () => {
    const { sent } = await dialling({ attributes: `callerId="${NUMBER}"` });
    expect(sent("/app")).toMatchObject([{ From: NUMBER, Caller: NUMBER }]);
  });

  it("reports the dialled call to the noun's callback", async () => {
    const noun = `<Application statusCallback="/legs" statusCallbackEvent="initiated ringing answered completed">${SID}</Application>`;
    const { own, clock, sent, customer } = await dialling({ noun, app: "<Say>Hello.</Say>" });
    await clock.advance(20_000);
    const legs = sent("/legs");
    const statuses = legs.map(({ CallStatus }) => CallStatus);
    expect(statuses).toEqual(["initiated", "ringing", "in-progress", "completed"]);
    expect(new Set(legs.map(({ CallSid }) => CallSid))).toEqual(new Set([sent("/done")[0]?.DialCallSid]));
    expect(legs[0]).toMatchObject({
      To: `app:${SID}`,
      From: CUSTOMER,
      ParentCallSid: customer.lastCallSid,
      CalledVia: NUMBER,
    });
    expect(own()?.status).toBe("completed");
  });

  it("requests the application's fallback, and reports the end of its call to its status callback", async () => {
    const stage = await startEmulatorStage({ applications: [{ sid: SID, voiceUrl: "" }] });
    const { app, emulator, clock, sent } = stage;
    Object.assign(emulator.applications[0]!, {
      voiceUrl: "http://127.0.0.1:9/down",
      voiceFallbackUrl: `${app.url}/sorry`,
      voiceFallbackMethod: "GET",
      statusCallback: `${app.url}/over`,
    });
    app.on("/voice", `<Dial>${PLAIN}</Dial>`);
    app.on("/sorry", "<Say>Sorry.</Say>");
    const customer = await stage.rings();
    await clock.advance(20_000);
    expect(customer.captions).toEqual(["Sorry."]);
    expect(app.to("/sorry")[0]?.method).toBe("GET");
    expect(sent("/over")).toMatchObject([{ CallStatus: "completed", To: SID, Direction: "inbound" }]);
  });

  it.each([
    [`<Say>Later.</Say><Hangup><Parameter name="reason" value="closed"/></Hangup>`, "completed"],
    [`<Reject reason="busy"><Parameter name="reason" value="closed"/></Reject>`, "busy"],
    [`<Reject><Parameter name="reason" value="closed"/></Reject>`, "no-answer"],
  ])("gives the action what %s returns", async (app, DialCallStatus) => {
    const { clock, sent } = await dialling({ app });
    await clock.advance(10_000);
    expect(sent("/done")).toMatchObject([{ DialCallStatus, ReturnParam_reason: "closed" }]);
  });

  it("ends for the application and whom it dialled when the caller hangs up", async () => {
    const { agent, customer, clock, own, sent } = await dialling({
      app: "<Dial><Client>agent1</Client></Dial>",
    });
    await clock.advance(3_000);
    customer.hangUp();
    await clock.advance(0);
    expect([agent.state, own()?.status]).toEqual(["idle", "completed"]);
    expect(sent("/done")).toMatchObject([{ DialCallStatus: "completed", DialCallDuration: "3" }]);
  });

  it("lets the caller leave with a star, and ends after timeLimit", async () => {
    const { customer, clock, own } = await dialling({
      attributes: `hangupOnStar="true"`,
      app: "<Pause length='60'/>",
    });
    customer.press("*");
    await clock.advance(0);
    expect([own()?.status, customer.captions]).toEqual(["completed", ["Goodbye."]]);
    const other = await dialling({ attributes: `timeLimit="7"`, app: "<Pause length='60'/>" });
    await other.clock.advance(6_999);
    expect(other.own()?.status).toBe("in-progress");
    await other.clock.advance(1);
    expect(other.own()?.status).toBe("completed");
  });

  it("rings with answerOnBridge until the application answers", async () => {
    const { customer, agent, clock } = await dialling({
      attributes: `answerOnBridge="true"`,
      app: `<Dial answerOnBridge="true"><Client>agent1</Client></Dial>`,
    });
    expect([customer.state, agent.state]).toEqual(["calling", "ringing"]);
    await clock.advance(1_000);
    expect([customer.state, customer.hears()]).toEqual(["talking", [AGENT]]);
  });

  it("gives up an application that does not answer in time, and whom it dialled stops ringing", async () => {
    const { agent, clock, own, sent } = await dialling({
      attributes: `timeout="5"`,
      app: `<Dial answerOnBridge="true" timeout="60"><Client>agent1</Client></Dial>`,
      habit: { kind: "never-answers" },
    });
    await clock.advance(9_999);
    expect([agent.state, own()?.status, sent("/done")]).toEqual(["ringing", "ringing", []]);
    await clock.advance(1);
    expect([agent.state, own()?.status]).toEqual(["idle", "canceled"]);
    expect(sent("/done")).toMatchObject([{ DialCallStatus: "no-answer", DialBridged: "false" }]);
  });

  it("lets the application bring the caller into a conference", async () => {
    const { agent, customer, clock, emulator, order } = await dialling({
      app: "<Dial><Conference waitUrl=''>room</Conference></Dial>",
    });
    const twiml = "<Response><Dial><Conference>room</Conference></Dial></Response>";
    emulator.engine.createCall(order(AGENT, { voice: null, twiml }));
    await clock.advance(2_000);
    expect([customer.hears(), agent.hears()]).toEqual([[AGENT], [CUSTOMER]]);
  });
});
