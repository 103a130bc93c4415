import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/faults/fault.ts";
import { startEmulatorStage } from "../support/emulator-stage.ts";

const ROOM = `<Dial><Conference statusCallback="/events" statusCallbackEvent="start end join leave">room</Conference></Dial>`;

/** A customer alone in a room whose app hears of everything, and hangs up after a minute. */
async function oneCall(...faults: Fault[]) {
  const stage = await startEmulatorStage();
  const { emulator, app, clock } = stage;
  app.on("/voice", ROOM);
  emulator.configureNumber(emulator.numbers[0]!.phoneNumber, { statusCallback: `${app.url}/ended` });
  for (const fault of faults) emulator.faults.add(fault);
  const customer = await stage.rings();
  const heard = () => app.to("/events").map(({ params }) => params.StatusCallbackEvent);
  const leaves = async (): Promise<void> => {
    customer.hangUp();
    await emulator.settled();
  };
  return { ...stage, customer, clock, heard, leaves };
}

describe("a status callback", () => {
  it("can be dropped, and stays among the deliveries as one without an answer", async () => {
    const dropped: Fault = { webhook: "conference-status", event: "participant-join", does: "drop" };
    const { heard, leaves, emulator, warnings } = await oneCall(dropped);
    await leaves();
    expect(new Set(heard())).toEqual(new Set(["conference-end", "participant-leave"]));
    const kept = emulator.deliveries.find((each) => each.kind === "conference-status");
    expect(kept).toMatchObject({ attempts: 0, status: null, error: { code: 11205 } });
    expect(kept?.error?.message).toContain("Dropped by a fault");
    expect(warnings().map(({ code }) => code)).toContain(16011);
  });

  it("can be sent twice, byte for byte, with one idempotency token", async () => {
    const twice: Fault = { webhook: "conference-status", event: "participant-leave", does: "duplicate" };
    const { app, leaves } = await oneCall(twice);
    await leaves();
    const [one, two, ...more] = app
      .to("/events")
      .filter(({ params }) => params.StatusCallbackEvent === "participant-leave");
    expect(more).toEqual([]);
    expect(two?.params).toEqual(one?.params);
    expect(two?.headers["i-twilio-idempotency-token"]).toBe(one?.headers["i-twilio-idempotency-token"]);
    expect(app.requests.every(({ isSigned }) => isSigned)).toBe(true);
  });

  it("can come late, with the time of its event", async () => {
    const late: Fault = {
      webhook: "conference-status",
      event: "participant-join",
      does: "delay",
      delayMs: 4_000,
    };
    const { app, heard, clock } = await oneCall(late);
    const joined = clock.now();
    await clock.advance(3_999);
    expect(heard()).toEqual([]);
    await clock.advance(1);
    expect(heard()).toEqual(["participant-join"]);
    const { Timestamp = "" } = app.to("/events")[0]?.params ?? {};
    expect(Date.parse(Timestamp)).toBe(joined);
  });

  it("can be overtaken by the next one, and keeps its number", async () => {
    const overtaken: Fault = { webhook: "conference-status", event: "participant-join", does: "reorder" };
    const { app, heard, leaves } = await oneCall(overtaken);
    expect(heard()).toEqual([]);
    await leaves();
    expect(heard()).not.toEqual([]);
    expect(heard()[0]).not.toBe("participant-join");
    const join = app.to("/events").find(({ params }) => params.StatusCallbackEvent === "participant-join");
    expect(join?.params.SequenceNumber).toBe("1");
  });

  it("goes out after five seconds if nothing overtakes it", async () => {
    const overtaken: Fault = { webhook: "conference-status", event: "participant-join", does: "reorder" };
    const { heard, clock } = await oneCall(overtaken);
    await clock.advance(4_999);
    expect(heard()).toEqual([]);
    await clock.advance(1);
    expect(heard()).toEqual(["participant-join"]);
  });

  it("is not sent after the emulator has closed", async () => {
    const late: Fault = { webhook: "conference-status", does: "delay", delayMs: 1_000 };
    const { app, clock, emulator } = await oneCall(late);
    await emulator.close();
    await clock.advance(60_000);
    expect(app.to("/events")).toEqual([]);
  });

  it("of a number can be matched by its name", async () => {
    const { app, leaves } = await oneCall({ webhook: "number-status", event: "completed", does: "drop" });
    await leaves();
    expect(app.to("/ended")).toEqual([]);
  });
});

describe("a request for TwiML", () => {
  it("that is dropped makes the emulator request the fallback", async () => {
    const { app, emulator, rings, clock } = await startEmulatorStage();
    app.on("/voice", "<Say>Hello.</Say>");
    app.on("/sorry", "<Say>The line is bad.</Say>");
    emulator.configureNumber(emulator.numbers[0]!.phoneNumber, { voiceFallbackUrl: `${app.url}/sorry` });
    emulator.faults.add({ webhook: "voice", does: "drop" });
    const customer = await rings();
    await clock.advance(60_000);
    expect(customer.captions).toEqual(["The line is bad."]);
    expect(app.to("/sorry")[0]?.params).toMatchObject({ ErrorCode: "11205" });
  });

  it("that is late makes the caller hear ringing for longer", async () => {
    const { app, emulator, rings, clock } = await startEmulatorStage();
    app.on("/voice", "<Say>Hello.</Say>");
    emulator.faults.add({ webhook: "*", does: "delay", delayMs: 8_000 });
    const customer = await rings();
    await clock.advance(7_999);
    expect([app.requests.length, customer.state]).toEqual([0, "calling"]);
    await clock.advance(1);
    expect(customer.state).toBe("talking");
  });
});
