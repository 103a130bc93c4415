import { describe, expect, it } from "vitest";
import type { Habit } from "../../src/people/people.ts";
import { startEmulatorStage } from "../support/emulator-stage.ts";

const AGENT = "client:agent1";
const TALK = `<Say>Hello.</Say><Pause length="60"/>`;

describe("a call that REST places", () => {
  it("reports each step with its fields, numbered from 0", async () => {
    const { emulator, app, order, clock, sent } = await startEmulatorStage();
    app.on("/agent", TALK);
    const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 3_000 } });
    const call = emulator.engine.createCall(order(AGENT));
    await clock.advance(3_000);
    expect(agent.captions).toEqual(["Hello."]);
    expect(app.to("/agent")[0]?.params).toMatchObject({
      CallStatus: "in-progress",
      Direction: "outbound-api",
    });
    await clock.advance(5_400);
    agent.hangUp();
    await emulator.settled();
    expect(sent("/calls").map((p) => [p.SequenceNumber, p.CallStatus])).toEqual([
      ["0", "initiated"],
      ["1", "ringing"],
      ["2", "in-progress"],
      ["3", "completed"],
    ]);
    expect(sent("/calls")[3]).toMatchObject({
      CallSid: call.sid,
      CallbackSource: "call-progress-events",
      CallDuration: "5",
      Duration: "1",
      Timestamp: "Fri, 02 Jan 2026 03:04:13 +0000",
    });
    expect(call).toMatchObject({ status: "completed", sipResponseCode: null });
  });

  it("requests its TwiML as long after the answer as a quirk says, unless it has ended by then", async () => {
    const { emulator, app, order, clock } = await startEmulatorStage({ quirks: { voiceRequestAfterMs: 75 } });
    app.on("/agent", TALK);
    const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 3_000 } });
    emulator.engine.createCall(order(AGENT));
    await clock.advance(3_074);
    expect([app.to("/calls").at(-1)?.params.CallStatus, app.to("/agent")]).toEqual(["in-progress", []]);
    await clock.advance(1);
    expect(agent.captions).toEqual(["Hello."]);
    agent.hangUp();
    emulator.engine.createCall(order(AGENT));
    await clock.advance(3_050);
    agent.hangUp();
    await clock.advance(1_000);
    expect(app.to("/agent")).toHaveLength(1);
  });

  const outcomes: [string, Habit, string, number][] = [
    ["busy", { kind: "busy" }, "busy", 486],
    ["declined", { kind: "declines", afterMs: 1_000 }, "busy", 603],
    ["unreachable", { kind: "unreachable" }, "failed", 404],
  ];
  it.each(outcomes)("ends with the reported status: %s", async (_, habit, status, code) => {
    const { emulator, order, clock, sent } = await startEmulatorStage();
    emulator.people.add(AGENT, { habit });
    const call = emulator.engine.createCall(order(AGENT));
    await clock.advance(1_000);
    expect(call).toMatchObject({ status, sipResponseCode: code });
    expect(sent("/calls").at(-1)).toMatchObject({ CallStatus: status, SipResponseCode: String(code) });
    expect(sent("/calls").at(-1)?.CallDuration).toBe("0");
  });

  it("counts as not answered if it is declined, in the other variant", async () => {
    const { emulator, order, clock } = await startEmulatorStage({ quirks: { declineAs: "no-answer" } });
    emulator.people.add(AGENT, { habit: { kind: "declines", afterMs: 1_000 } });
    const call = emulator.engine.createCall(order(AGENT));
    await clock.advance(1_000);
    expect(call.status).toBe("no-answer");
  });

  it("rings five seconds longer than requested", async () => {
    const { emulator, order, clock } = await startEmulatorStage();
    const agent = emulator.people.add(AGENT);
    const call = emulator.engine.createCall(order(AGENT, { timeout: 10 }));
    await clock.advance(14_999);
    expect([call.status, agent.state]).toEqual(["ringing", "ringing"]);
    await clock.advance(1);
    expect(call).toMatchObject({ status: "no-answer", sipResponseCode: 487 });
    expect(agent.state).toBe("idle");
  });

  it("is not answered at once by a browser that is not registered", async () => {
    const { emulator, order, sent } = await startEmulatorStage();
    emulator.engine.createCall(order("client:nobody"));
    await emulator.settled();
    expect(sent("/calls").map((p) => p.CallStatus)).toEqual(["initiated", "ringing", "no-answer"]);
  });

  it("fails for an unknown number", async () => {
    const { emulator, order, sent } = await startEmulatorStage();
    emulator.engine.createCall(order("+15550199999"));
    await emulator.settled();
    expect(sent("/calls").map((p) => p.CallStatus)).toEqual(["initiated", "failed"]);
  });

  it("rings all devices of a browser's identity, and the first to answer wins", async () => {
    const { emulator, app, order, clock } = await startEmulatorStage();
    app.on("/agent", TALK);
    const laptop = emulator.people.add(AGENT);
    const desk = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 500 } });
    emulator.engine.createCall(order(AGENT));
    await emulator.settled();
    expect([laptop.state, desk.state]).toEqual(["ringing", "ringing"]);
    await clock.advance(500);
    expect([laptop.state, desk.state]).toEqual(["idle", "talking"]);
  });

  it("keeps ringing at another device when one declines", async () => {
    const { emulator, order } = await startEmulatorStage();
    const laptop = emulator.people.add(AGENT);
    const desk = emulator.people.add(AGENT);
    const call = emulator.engine.createCall(order(AGENT));
    await emulator.settled();
    laptop.decline();
    expect([desk.state, call.status]).toEqual(["ringing", "ringing"]);
    desk.decline();
    expect(call.status).toBe("busy");
  });

  it("keeps ringing while the browser is in another call", async () => {
    const { emulator, app, order, clock } = await startEmulatorStage();
    app.on("/agent", TALK);
    emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    emulator.engine.createCall(order(AGENT));
    await clock.advance(0);
    const second = emulator.engine.createCall(order(AGENT));
    await clock.advance(1_000);
    expect(second.status).toBe("ringing");
  });

  it("runs the TwiML of the request", async () => {
    const { emulator, order, clock } = await startEmulatorStage();
    const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    const twiml = "<Response><Say>From REST.</Say></Response>";
    const call = emulator.engine.createCall(order(AGENT, { voice: null, twiml }));
    await clock.advance(0);
    expect(agent.captions).toEqual(["From REST."]);
    await clock.advance(10_000);
    expect([agent.state, call.status]).toEqual(["idle", "completed"]);
  });

  it("needs absolute addresses in the TwiML of the request", async () => {
    const { emulator, order, clock, warnings } = await startEmulatorStage();
    emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    const twiml = `<Response><Dial action="/after"><Conference>room</Conference></Dial></Response>`;
    emulator.engine.createCall(order(AGENT, { voice: null, twiml }));
    await clock.advance(0);
    expect(warnings().map((w) => w.code)).toEqual([15004]);
  });

  it("ends after its time limit", async () => {
    const { emulator, app, order, clock } = await startEmulatorStage();
    app.on("/agent", TALK);
    const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    emulator.engine.createCall(order(AGENT, { timeLimit: 20 }));
    await clock.advance(19_999);
    expect(agent.state).toBe("talking");
    await clock.advance(1);
    expect(agent.state).toBe("idle");
  });
});

describe("a call that REST changes", () => {
  it("can be cancelled while it is queued, without any callback", async () => {
    const { emulator, order, sent } = await startEmulatorStage();
    const agent = emulator.people.add(AGENT);
    const call = emulator.engine.createCall(order(AGENT));
    emulator.engine.updateCall(call, { status: "canceled" });
    await emulator.settled();
    expect([call.status, agent.state, sent("/calls")]).toEqual(["canceled", "idle", []]);
  });

  it("can be cancelled while it rings", async () => {
    const { emulator, order, sent } = await startEmulatorStage();
    const agent = emulator.people.add(AGENT);
    const call = emulator.engine.createCall(order(AGENT));
    await emulator.settled();
    emulator.engine.updateCall(call, { status: "canceled" });
    await emulator.settled();
    expect([call.status, agent.state]).toEqual(["canceled", "idle"]);
    expect(sent("/calls").at(-1)?.CallStatus).toBe("canceled");
  });

  it("cannot be cancelled once it is answered; completed ends it, and then it cannot change", async () => {
    const { emulator, app, order, clock } = await startEmulatorStage();
    app.on("/agent", TALK);
    emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    const call = emulator.engine.createCall(order(AGENT));
    await clock.advance(0);
    emulator.engine.updateCall(call, { status: "canceled" });
    expect(call.status).toBe("in-progress");
    emulator.engine.updateCall(call, { status: "completed" });
    expect(call.status).toBe("completed");
    expect(() => emulator.engine.updateCall(call, { status: "completed" })).toThrow(
      expect.objectContaining({ code: 21220 }),
    );
  });

  it("runs new TwiML from its first verb", async () => {
    const { emulator, app, order, clock, hearing } = await startEmulatorStage();
    app.on("/agent", `<Play>http://example.com/music.mp3</Play>`);
    const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    const call = emulator.engine.createCall(order(AGENT));
    await clock.advance(0);
    expect(hearing()).toEqual([`${AGENT} <- [play]`]);
    emulator.engine.updateCall(call, { twiml: "<Response><Say>New.</Say></Response>" });
    await emulator.settled();
    expect([hearing(), agent.captions]).toEqual([[`${AGENT} <- [say]`], ["New."]]);
  });
});
