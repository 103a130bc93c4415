import { describe, expect, it } from "vitest";
import { NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";

const SORRY = "We're sorry, an application error has occurred. Goodbye.";

describe("the emulator announces a missing feature", () => {
  it.each([
    ["<Pay/>", "<Pay>"],
    ["<Connect><Room>lobby</Room></Connect>", "<Connect><Room>"],
    ["<Dial><Sim>DE1</Sim></Dial>", "<Dial><Sim>"],
    ["<Dial><WhatsApp>1</WhatsApp></Dial>", "<Dial><WhatsApp>"],
  ])("by the call: %s", async (document, name) => {
    const { app, rings, clock, warnings } = await startEmulatorStage();
    app.on("/voice", `${document}<Say>Never heard.</Say>`);
    const customer = await rings();
    await clock.advance(60_000);
    expect([customer.captions, customer.state]).toEqual([[SORRY], "idle"]);
    expect(warnings()).toEqual([{ code: 12200, message: `The emulator does not run ${name}` }]);
  });

  it("by a warning for <Start>, and the call goes on with the next verb", async () => {
    const { app, rings, clock, warnings } = await startEmulatorStage();
    app.on("/voice", "<Start><Siprec name='s'/></Start><Say>Heard.</Say><Stop/>");
    const customer = await rings();
    await clock.advance(60_000);
    expect([customer.captions, customer.state]).toEqual([["Heard."], "idle"]);
    expect(warnings().map(({ message }) => message)).toEqual([
      "The emulator skips <Start><Siprec> and runs the next verb",
      "The emulator skips <Stop> and runs the next verb",
    ]);
  });

  it.each([
    [{ voiceApplicationSid: `AP${"0".repeat(32)}` }, "There is no application"],
    [{ trunkSid: `TK${"0".repeat(32)}` }, "has a trunk"],
  ])("by a number with %o", async (change, message) => {
    const { emulator, app, rings, warnings } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, change);
    const customer = await rings();
    expect([customer.state, app.requests]).toEqual(["idle", []]);
    expect(warnings()[0]?.message).toContain(message);
  });

  it("by a failed call to a SIP address where nobody is", async () => {
    const { emulator, order } = await startEmulatorStage();
    const call = emulator.engine.createCall(order("sip:bob@example.com"));
    await emulator.settled();
    expect([call.status, call.sipResponseCode]).toEqual(["failed", 404]);
  });
});
