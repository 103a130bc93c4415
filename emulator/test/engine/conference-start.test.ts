import { describe, expect, it } from "vitest";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";

const OTHER = "+15550122222";
const waiting = (attributes: string): string =>
  `<Dial><Conference startConferenceOnEnter="false" ${attributes}>room</Conference></Dial>`;

describe("before a conference starts", () => {
  it("the customer hears Twilio's music if there is no waitUrl", async () => {
    const { app, rings, hearing, emulator } = await startEmulatorStage();
    app.on("/voice", waiting(""));
    await rings();
    expect(hearing()).toEqual([`${CUSTOMER} <- [wait]`]);
    expect([...emulator.engine.world.conferences.values()].map((c) => c.status)).toEqual(["init"]);
  });

  it("two customers who may not start it do not hear each other", async () => {
    const { app, rings, hearing, conferenceEvents } = await startEmulatorStage();
    app.on("/voice", waiting(""));
    await rings();
    await rings(OTHER);
    expect(hearing()).toEqual([`${CUSTOMER} <- [wait]`, `${OTHER} <- [wait]`]);
    expect(conferenceEvents()).not.toContain("conference-start");
  });

  it("the customer hears the wait document in a loop, by the clock", async () => {
    const { app, rings, clock } = await startEmulatorStage();
    app.on("/voice", waiting(`waitUrl="/wait"`));
    app.on("/wait", `<Say>Please wait.</Say><Pause length="10"/><Redirect/>`);
    const customer = await rings();
    await clock.advance(30_000);
    expect(customer.captions.length).toBe(app.to("/wait").length);
    expect(customer.captions.length).toBeGreaterThan(1);
    expect(app.to("/wait")[0]?.params.CallSid).toBe(customer.callSid);
  });

  it("the customer hears silence after the wait document's last verb", async () => {
    const { app, rings, hearing, clock } = await startEmulatorStage();
    app.on("/voice", waiting(`waitUrl="/wait"`));
    app.on("/wait", "<Say>Please wait.</Say>");
    await rings();
    expect(hearing()).toEqual([`${CUSTOMER} <- [wait]`]);
    await clock.advance(20_000);
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
    expect(app.to("/wait")).toHaveLength(1);
  });

  it("the customer hears silence with an empty waitUrl", async () => {
    const { app, rings, hearing } = await startEmulatorStage();
    app.on("/voice", waiting(`waitUrl=""`));
    await rings();
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
  });

  it("the customer goes on to the next verb if the waitUrl fails", async () => {
    const { app, rings, warnings } = await startEmulatorStage();
    app.on("/voice", `${waiting(`waitUrl="/wait"`)}<Say>Sorry.</Say>`);
    app.on("/wait", { status: 500 });
    const customer = await rings();
    expect(customer.captions).toEqual(["Sorry."]);
    expect(warnings()[0]?.code).toBe(11217);
  });

  it("the emulator skips verbs that are not for waiting, and warns", async () => {
    const { app, rings, warnings } = await startEmulatorStage();
    app.on("/voice", waiting(`waitUrl="/wait"`));
    app.on("/wait", "<Hangup/><Say>Still here.</Say>");
    const customer = await rings();
    expect(customer.captions).toEqual(["Still here."]);
    expect(warnings()).toEqual([{ code: 13238, message: expect.stringContaining("<Hangup>") }]);
  });
});

describe("when a conference starts", () => {
  it("the music stops: a participant who is then left alone hears silence and stays", async () => {
    const { app, rings, hearing } = await startEmulatorStage();
    app.on("/voice", "<Dial><Conference>room</Conference></Dial>");
    const first = await rings();
    expect(hearing()).toEqual([`${CUSTOMER} <- [wait]`]);
    const second = await rings(OTHER);
    expect(hearing()).toEqual([`${CUSTOMER} <- ${OTHER}`, `${OTHER} <- ${CUSTOMER}`]);
    second.hangUp();
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
    expect(first.state).toBe("talking");
  });

  it("only the first participant's status callback gets reports", async () => {
    const { app, rings, emulator, sent } = await startEmulatorStage();
    const conference = (path: string): string =>
      `<Dial><Conference statusCallback="${path}" statusCallbackEvent="start join">room</Conference></Dial>`;
    app.on("/voice", ({ params }) => conference(params.From === CUSTOMER ? "/first" : "/second"));
    await rings();
    await rings(OTHER);
    await emulator.settled();
    expect(sent("/first").map((params) => params.StatusCallbackEvent)).toEqual([
      "participant-join",
      "participant-join",
      "conference-start",
    ]);
    expect(app.to("/second")).toEqual([]);
  });

  it("the emulator sends every event that Twilio's conference page lists", async () => {
    const { app, rings, emulator } = await startEmulatorStage();
    app.on(
      "/voice",
      `<Dial><Conference participantLabel="customer" endConferenceOnExit="true" statusCallback="/events"
        statusCallbackEvent="join">room</Conference></Dial>`,
    );
    const customer = await rings();
    expect(app.to("/events")[0]?.params).toEqual({
      AccountSid: emulator.credentials.accountSid,
      CallSid: customer.callSid,
      Coaching: "false",
      ConferenceSid: expect.stringMatching(/^CF[0-9a-f]{32}$/),
      EndConferenceOnExit: "true",
      FriendlyName: "room",
      Hold: "false",
      Muted: "false",
      ParticipantLabel: "customer",
      SequenceNumber: "1",
      StartConferenceOnEnter: "true",
      StatusCallbackEvent: "participant-join",
      Timestamp: "Fri, 02 Jan 2026 03:04:05 +0000",
    });
  });
});
