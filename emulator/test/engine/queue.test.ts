import { describe, expect, it } from "vitest";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";
import { SECOND, queueOf, queueing, resultsOf } from "./queueing.ts";

describe("a caller in a queue", () => {
  it("is told of by each request for the wait document, again whenever it runs out", async () => {
    const stage = await queueing();
    stage.app.on("/wait", `<Play/><Pause length="10"/>`);
    const customer = await stage.rings();
    await stage.clock.advance(5_000);
    await stage.rings(SECOND);
    await stage.clock.advance(20_000);
    const mine = stage.sent("/wait").filter(({ CallSid }) => CallSid === customer.callSid);
    const place = { QueueSid: queueOf(stage).sid, QueuePosition: "1", MaxQueueSize: "1000" };
    expect(mine).toMatchObject([
      { ...place, QueueTime: "0", AvgQueueTime: "0", CurrentQueueSize: "1", FromCountry: "US" },
      { ...place, QueueTime: "10", AvgQueueTime: "8", CurrentQueueSize: "2", From: CUSTOMER },
      { ...place, QueueTime: "20", AvgQueueTime: "18", CurrentQueueSize: "2" },
    ]);
    expect(stage.app.to("/wait").every(({ isSigned, method }) => isSigned && method === "POST")).toBe(true);
  });

  it("hears the wait document", async () => {
    const stage = await queueing();
    const customer = await stage.rings();
    expect(stage.hearing()).toEqual([`${CUSTOMER} <- [wait]`]);
    await stage.clock.advance(30_000);
    expect(customer.captions.slice(0, 2)).toEqual(["Please wait.", "Please wait."]);
  });

  it("hears Twilio's music without an address, and nothing with an empty one", async () => {
    const music = await queueing("");
    await music.rings();
    expect(music.hearing()).toEqual([`${CUSTOMER} <- [wait]`]);
    const silence = await queueing(`waitUrl=""`);
    await silence.rings();
    await silence.clock.advance(60_000);
    expect([silence.hearing(), queueOf(silence).members.size]).toEqual([[`${CUSTOMER} <- [silence]`], 1]);
  });

  it("hears an audio file in place of TwiML, and stays in the queue", async () => {
    const stage = await queueing();
    stage.app.on("/wait", { type: "audio/mpeg", body: "not really" });
    await stage.rings();
    expect(stage.hearing()).toEqual([`${CUSTOMER} <- [wait]`]);
    await stage.clock.advance(180_000);
    expect(stage.app.to("/wait").length).toBeGreaterThan(1);
    expect(queueOf(stage).members.size).toBe(1);
  });

  it("leaves with <Leave>, and goes on at the action, or without one with the next verb", async () => {
    const stage = await queueing();
    stage.app.on("/wait", `<Pause length="7"/><Leave/><Say>Never heard.</Say>`);
    const customer = await stage.rings();
    await stage.clock.advance(8_000);
    expect([resultsOf(stage), customer.captions]).toEqual([[["leave", "7"]], ["You are out."]]);
    expect(stage.sent("/left")[0]?.QueueSid).toBe(queueOf(stage).sid);
    const plain = await startEmulatorStage();
    plain.app.on("/voice", `<Enqueue waitUrl="/wait">support</Enqueue><Say>Next verb.</Say>`);
    plain.app.on("/wait", "<Leave/>");
    expect((await plain.rings()).captions).toEqual(["Next verb."]);
  });

  it("presses a key to leave", async () => {
    const stage = await queueing();
    stage.app.on("/wait", `<Gather action="/key" numDigits="1" timeout="60"><Say>Press 1.</Say></Gather>`);
    stage.app.on("/key", "<Leave/>");
    const customer = await stage.rings();
    customer.press("1");
    await stage.clock.advance(0);
    expect(stage.sent("/key")).toMatchObject([{ Digits: "1", QueuePosition: "1" }]);
    expect(resultsOf(stage)).toEqual([["leave", "0"]]);
  });

  it("hangs up", async () => {
    const stage = await queueing();
    const customer = await stage.rings();
    await stage.clock.advance(3_000);
    customer.hangUp();
    await stage.clock.advance(30_000);
    expect(stage.sent("/left")).toMatchObject([
      { QueueResult: "hangup", QueueTime: "3", CallStatus: "completed" },
    ]);
    expect([queueOf(stage).members.size, stage.app.to("/wait").length]).toEqual([0, 1]);
  });

  it("is hung up by the wait document", async () => {
    const stage = await queueing();
    stage.app.on("/wait", "<Hangup/>");
    const customer = await stage.rings();
    expect([customer.state, resultsOf(stage)]).toEqual(["idle", [["hangup", "0"]]]);
  });

  it.each([
    ["fails", { status: 500 }, 11217],
    ["is no TwiML", { body: "<Oops" }, 12100],
    ["never makes a sound", "", 11215],
  ])("is let go with an error if the wait document %s", async (_, reply, code) => {
    const stage = await queueing();
    stage.app.on("/wait", reply);
    const customer = await stage.rings();
    expect([resultsOf(stage), customer.captions]).toEqual([[["error", "0"]], ["You are out."]]);
    expect(stage.warnings().map((each) => each.code)).toEqual([code]);
  });

  it("is warned of verbs that a wait document may not have, and waits on", async () => {
    const stage = await queueing();
    stage.app.on("/wait", `<Dial>+15550100002</Dial><Pause length="60"/>`);
    await stage.rings();
    expect(stage.warnings()[0]?.message).toContain("<Dial> is not allowed here");
    expect(queueOf(stage).members.size).toBe(1);
  });
});

describe("<Enqueue> refuses", () => {
  it("a caller to a full queue, who goes on at once", async () => {
    const stage = await queueing(`waitUrl="" maxQueueSize="1"`);
    await stage.rings();
    const second = await stage.rings(SECOND);
    expect(second.captions).toEqual(["You are out."]);
    expect(stage.sent("/left")).toMatchObject([{ QueueResult: "queue-full", From: SECOND }]);
    expect(stage.sent("/left")[0]).not.toHaveProperty("QueueSid");
    expect(queueOf(stage)).toMatchObject({ maxSize: 1, friendlyName: "support" });
  });

  it.each([
    ["no name", "", 14204],
    ["a name of 65 characters", "x".repeat(65), 14205],
  ])("%s", async (_, name, code) => {
    const stage = await startEmulatorStage();
    stage.app.on("/voice", `<Enqueue action="/left">${name}</Enqueue>`);
    await stage.rings();
    expect(stage.sent("/left")).toMatchObject([{ QueueResult: "error" }]);
    expect(stage.warnings().map((each) => each.code)).toEqual([code]);
  });

  it("a workflow of TaskRouter, with a sentence", async () => {
    const stage = await queueing(`workflowSid="WW${"1".repeat(32)}"`);
    await stage.rings();
    expect(stage.warnings().at(-1)?.message).toBe("The emulator does not run <Enqueue workflowSid>");
    expect(stage.emulator.engine.world.queues.size).toBe(0);
  });
});
