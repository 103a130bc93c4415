import { describe, expect, it } from "vitest";
import { CUSTOMER, NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";

const SORRY = "We're sorry, an application error has occurred. Goodbye.";

describe("a call that comes in", () => {
  it("requests the number's voice URL while it rings, signed, with Twilio's fields", async () => {
    const { app, rings, emulator } = await startEmulatorStage();
    app.on("/voice", "<Say>Hello.</Say>");
    const customer = await rings();
    expect(app.requests[0]).toMatchObject({
      method: "POST",
      isSigned: true,
      params: {
        AccountSid: emulator.credentials.accountSid,
        ApiVersion: "2010-04-01",
        CallSid: customer.callSid,
        CallStatus: "ringing",
        Direction: "inbound",
        From: CUSTOMER,
        To: NUMBER,
      },
    });
  });

  it("puts the fields into the query of a GET, behind the app's own", async () => {
    const { app, rings, emulator } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, { voiceUrl: `${app.url}/voice?tenant=a%20b`, voiceMethod: "GET" });
    app.on("/voice", "<Say>Hello.</Say>");
    const customer = await rings();
    expect(app.requests[0]).toMatchObject({ method: "GET", isSigned: true });
    expect(app.requests[0]?.params).toMatchObject({ tenant: "a b", CallSid: customer.callSid });
  });

  it("runs each verb for its duration, and ends after the last one", async () => {
    const { app, rings, clock, hearing } = await startEmulatorStage();
    app.on("/voice", `<Pause length="3"/><Say>One.</Say><Play digits="12"/><Redirect>/next</Redirect>`);
    app.on("/next", `<Say>Two.</Say><Hangup/><Say>Never.</Say>`);
    const customer = await rings();
    expect([customer.state, customer.captions]).toEqual(["talking", []]);
    await clock.advance(3_000);
    expect([hearing(), customer.captions]).toEqual([[`${CUSTOMER} <- [say]`], ["One."]]);
    await clock.advance(60_000);
    expect([customer.state, customer.captions]).toEqual(["idle", ["One.", "Two."]]);
  });

  it("is reported to the number's status callback once, after its end", async () => {
    const { app, rings, clock, emulator, sent } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, { statusCallback: `${app.url}/ended` });
    app.on("/voice", `<Pause length="70"/>`);
    await rings();
    await clock.advance(69_999);
    expect(sent("/ended")).toEqual([]);
    await clock.advance(1);
    expect(sent("/ended")).toMatchObject([{ CallStatus: "completed", CallDuration: "70", Duration: "2" }]);
  });

  it.each([
    ["<Reject/>", "no-answer"],
    [`<Reject reason="busy"/>`, "busy"],
  ])("is refused before it is answered: %s", async (document, status) => {
    const { app, rings, emulator } = await startEmulatorStage();
    app.on("/voice", document);
    const customer = await rings();
    expect(customer.state).toBe("idle");
    expect([...emulator.engine.world.calls.values()].map((call) => call.status)).toEqual([status]);
  });

  it("ends at once when the number has no voice URL", async () => {
    const { rings, emulator, warnings } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, { voiceUrl: "" });
    const customer = await rings();
    expect(customer.state).toBe("idle");
    expect(warnings()).toEqual([{ code: 11100, message: "The number has no voice URL" }]);
  });

  it("ends when the customer hangs up before the app has answered", async () => {
    const { app, emulator } = await startEmulatorStage();
    app.on("/voice", null);
    emulator.configureNumber(NUMBER, { voiceUrl: `${app.url}/voice#rt=200` });
    const customer = emulator.people.add(CUSTOMER);
    const callSid = await customer.call(NUMBER);
    customer.hangUp();
    await emulator.settled();
    expect(emulator.engine.world.calls.get(callSid)?.status).toBe("canceled");
    expect(customer.captions).toEqual([]);
  });
});

describe("an app that fails", () => {
  it("makes the caller hear that an error has occurred; then the call ends", async () => {
    const { app, rings, clock, warnings } = await startEmulatorStage();
    app.on("/voice", { status: 500 });
    const customer = await rings();
    expect([customer.state, customer.captions]).toEqual(["talking", [SORRY]]);
    await clock.advance(20_000);
    expect(customer.state).toBe("idle");
    expect(warnings().map((w) => w.code)).toEqual([11217]);
  });

  it("is replaced by the number's fallback, which learns what went wrong", async () => {
    const { app, rings, emulator, warnings } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, { voiceFallbackUrl: `${app.url}/fallback` });
    app.on("/voice", { status: 503 });
    app.on("/fallback", "<Say>Please call again.</Say>");
    const customer = await rings();
    expect(customer.captions).toEqual(["Please call again."]);
    expect(app.to("/fallback")[0]).toMatchObject({
      isSigned: true,
      params: { ErrorCode: "11217", ErrorUrl: `${app.url}/voice` },
    });
    expect(warnings()).toHaveLength(1);
  });

  it("makes the caller hear an apology if the fallback fails, too", async () => {
    const { app, rings, emulator } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, { voiceFallbackUrl: `${app.url}/fallback` });
    app.on("/voice", { status: 404 });
    app.on("/fallback", { status: 404 });
    expect((await rings()).captions).toEqual([SORRY]);
  });

  const answers: [
    string,
    Parameters<Awaited<ReturnType<typeof startEmulatorStage>>["app"]["on"]>[1],
    number,
  ][] = [
    ["text that is not XML", { body: "<Response><Say>" }, 12100],
    ["another root", { body: "<Answer/>" }, 12100],
    ["a type that is neither TwiML, text nor audio", { type: "application/json", body: "{}" }, 12300],
    ["no type", { type: null, body: "<Response/>" }, 12300],
    ["more than 64 kB", { body: `<Response><Say>${"a".repeat(70_000)}</Say></Response>` }, 11750],
    ["redirects in a circle", { status: 302, headers: { Location: "/voice" } }, 11215],
    ["<Redirect> in a circle that says nothing", "<Redirect/>", 11215],
    ["a verb that the emulator does not run", "<Pay/>", 12200],
  ];
  it.each(answers)("is reported with its own code: %s", async (_, reply, code) => {
    const { app, rings, warnings } = await startEmulatorStage();
    app.on("/voice", reply);
    const customer = await rings();
    expect(customer.captions).toEqual([SORRY]);
    expect(warnings().map((w) => w.code)).toEqual([code]);
  });

  it("gets no more time than its overrides allow", async () => {
    const { app, rings, emulator, warnings } = await startEmulatorStage();
    app.on("/voice", null);
    emulator.configureNumber(NUMBER, { voiceUrl: `${app.url}/voice#rt=100` });
    expect((await rings()).captions).toEqual([SORRY]);
    expect(warnings().map((w) => w.code)).toEqual([11200]);
  });

  it("that writes a verb in the wrong case causes a warning, and its other verbs run", async () => {
    const { app, rings, warnings } = await startEmulatorStage();
    app.on("/voice", `<say>No.</say><Say voise="x">Yes.</Say>`);
    expect((await rings()).captions).toEqual(["Yes."]);
    expect(warnings().map((w) => w.code)).toEqual([12200, 12200]);
  });
});

describe("an answer that is not TwiML", () => {
  it("is read aloud when it is plain text", async () => {
    const { app, rings } = await startEmulatorStage();
    app.on("/voice", { type: "text/plain", body: "Hello there." });
    expect((await rings()).captions).toEqual(["Hello there."]);
  });

  it("runs as TwiML if the plain text is TwiML", async () => {
    const { app, rings } = await startEmulatorStage();
    app.on("/voice", { type: "text/plain", body: "<Response><Say>Hi.</Say></Response>" });
    expect((await rings()).captions).toEqual(["Hi."]);
  });
});
