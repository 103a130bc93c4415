import { describe, expect, it } from "vitest";
import type { MachineDetection } from "../../src/engine/engine.ts";
import type { Nature } from "../../src/people/people.ts";
import { startEmulatorStage } from "../support/emulator-stage.ts";
import { participantOrder } from "./talking.ts";

const CALLEE = "+15550100002";

/** REST calls somebody, who answers at once. */
async function calling(is: Nature, change: Partial<MachineDetection> = {}) {
  const stage = await startEmulatorStage();
  const { app, emulator, clock } = stage;
  const detection: MachineDetection = {
    mode: "Enable",
    isAsync: false,
    callback: null,
    timeoutMs: 30_000,
    speechMs: 2_400,
    speechEndMs: 1_200,
    ...change,
  };
  app.on("/agent", `<Say>Hello.</Say><Pause length="60"/>`);
  const callee = emulator.people.add(CALLEE, { is, habit: { kind: "answers", afterMs: 0 } });
  const call = emulator.engine.createCall(stage.order(CALLEE, { machineDetection: detection }));
  await clock.advance(0);
  return { ...stage, callee, call };
}

describe("answering machine detection", () => {
  it.each([
    ["human", "Enable", "human", 2_000],
    ["human", "DetectMessageEnd", "human", 2_000],
    ["machine", "Enable", "machine_start", 2_400],
    ["machine", "DetectMessageEnd", "machine_end_beep", 6_000],
  ] as const)(
    "of a %s with %s holds up the TwiML until it says %s",
    async (is, mode, answeredBy, afterMs) => {
      const { sent, clock, callee, call } = await calling(is, { mode });
      await clock.advance(afterMs - 1);
      expect([sent("/agent"), callee.captions, call.status]).toEqual([[], [], "in-progress"]);
      await clock.advance(1);
      expect(sent("/agent")).toMatchObject([{ AnsweredBy: answeredBy, CallStatus: "in-progress" }]);
      expect([callee.captions, call.answeredBy]).toEqual([["Hello."], answeredBy]);
      callee.hangUp();
      await clock.advance(0);
      expect(sent("/calls").at(-1)).toMatchObject({ CallStatus: "completed", AnsweredBy: answeredBy });
    },
  );

  it("gives up after its time-out", async () => {
    const { sent, clock } = await calling("machine", { mode: "DetectMessageEnd", timeoutMs: 4_000 });
    await clock.advance(4_000);
    expect(sent("/agent")).toMatchObject([{ AnsweredBy: "unknown" }]);
  });

  it("goes by the tuning parameters", async () => {
    const { sent, clock } = await calling("human", { speechEndMs: 500 });
    await clock.advance(1_300);
    expect(sent("/agent")).toMatchObject([{ AnsweredBy: "human" }]);
  });

  it("has no result if the callee hangs up before", async () => {
    const { sent, clock, callee, call } = await calling("human");
    callee.hangUp();
    await clock.advance(10_000);
    expect([sent("/agent"), call.answeredBy]).toEqual([[], null]);
    expect(sent("/calls").at(-1)).not.toHaveProperty("AnsweredBy");
  });

  it("runs beside the TwiML if it is asynchronous, and tells its callback", async () => {
    const callback = { url: "", method: "POST" } as const;
    const { app, sent, clock, callee, call, emulator } = await calling("machine", {
      isAsync: true,
      callback,
    });
    Object.assign(callback, { url: `${app.url}/amd` });
    expect([callee.captions, sent("/amd")]).toEqual([["Hello."], []]);
    expect(sent("/agent")[0]).not.toHaveProperty("AnsweredBy");
    await clock.advance(2_400);
    expect(sent("/amd")).toEqual([
      {
        AccountSid: emulator.credentials.accountSid,
        CallSid: call.sid,
        AnsweredBy: "machine_start",
        MachineDetectionDuration: "2400",
      },
    ]);
    expect(app.to("/amd")[0]?.isSigned).toBe(true);
  });

  it("is warned of if it is asynchronous without a callback", async () => {
    const { warnings, clock, call } = await calling("human", { isAsync: true });
    await clock.advance(5_000);
    expect(warnings().map(({ code }) => code)).toEqual([21262]);
    expect(call.answeredBy).toBe("human");
  });

  it("tells of a participant of a conference, who is in it meanwhile", async () => {
    const stage = await startEmulatorStage();
    const { app, emulator, clock, sent } = stage;
    emulator.people.add(CALLEE, { is: "machine", habit: { kind: "answers", afterMs: 0 } });
    const callback = { url: `${app.url}/amd`, method: "POST" } as const;
    const how = { mode: "DetectMessageEnd", isAsync: true, callback } as const;
    const machineDetection = { ...how, timeoutMs: 30_000, speechMs: 2_400, speechEndMs: 1_200 };
    emulator.engine.createParticipant("room", participantOrder(stage, CALLEE, { machineDetection }));
    await clock.advance(5_000);
    expect([stage.conferenceEvents(), sent("/amd")]).toEqual([["participant-join"], []]);
    await clock.advance(1_000);
    expect(sent("/amd")).toMatchObject([
      { AnsweredBy: "machine_end_beep", MachineDetectionDuration: "6000" },
    ]);
  });

  it("tells of whom <Dial><Number> calls, who is connected meanwhile", async () => {
    const { app, rings, emulator, clock, sent } = await startEmulatorStage();
    app.on(
      "/voice",
      `<Dial><Number machineDetection="Enable" amdStatusCallback="/amd">${CALLEE}</Number></Dial>`,
    );
    emulator.people.add(CALLEE, { is: "machine", habit: { kind: "answers", afterMs: 0 } });
    const customer = await rings();
    await clock.advance(0);
    expect([customer.hears(), sent("/amd")]).toEqual([[CALLEE], []]);
    await clock.advance(2_400);
    const child = [...emulator.engine.world.calls.values()].at(-1);
    expect(sent("/amd")).toMatchObject([{ AnsweredBy: "machine_start", CallSid: child?.sid }]);
  });
});
