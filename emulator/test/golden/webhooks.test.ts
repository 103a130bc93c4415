import { afterAll, describe, expect, it } from "vitest";
import type { DialOrder } from "../../src/engine/engine.ts";
import type { Line } from "../../src/line.ts";
import { NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";
import { createMatcher } from "./capture.ts";
import golden from "./webhooks.json" with { type: "json" };

const { expectLike, seen, names } = createMatcher(golden);
afterAll(() => expect(names.filter((name) => !seen.has(name))).toEqual([]));

const CALLER = "+15550005555";
const PHONE = "+15550006666";
const ANSWERS = { habit: { kind: "answers", afterMs: 1_000 } } as const;

const onlyCompleted = (app: string): NonNullable<DialOrder["statusCallback"]> => ({
  url: `${app}/calls`,
  method: "POST",
  events: new Set(["completed"]),
});

const DEAF = { ringing() {}, answered() {}, ended() {} };
const silentLine = (): Line => ({
  audio: { onFrame() {}, send() {}, close() {} },
  listener: { hungUp() {}, digits() {}, audioReplaced() {} },
  hangUp() {},
  caption() {},
});

describe("an incoming call", () => {
  it("has eight geo fields per side, the caller's attestation, and a call token on its first request only", async () => {
    const { app, emulator, rings, sent } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, { statusCallback: `${app.url}/over` });
    app.on("/voice", "<Redirect>/next</Redirect>");
    app.on("/next", "<Pause length='60'/>");
    const caller = await rings(CALLER);
    expectLike(sent("/voice")[0], "inbound voice");
    expect(sent("/voice")[0]).toMatchObject({ FromCountry: "US", CalledCountry: "US", FromCity: "" });
    expectLike(sent("/next")[0], "inbound voice, later request");
    caller.hangUp();
    await emulator.settled();
    expectLike(sent("/over")[0], "number's status callback");
  });

  it("has a (possibly empty) caller's name only if the number looks names up", async () => {
    const { app, emulator, rings, sent } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, { voiceCallerIdLookup: true });
    app.on("/voice", "<Pause length='60'/>");
    await rings(CALLER);
    expectLike(sent("/voice")[0], "inbound voice with caller ID lookup");
  });

  it.each([
    ["+441632960001", "GB"],
    ["+8835100012", ""],
    ["anonymous", ""],
  ])("from %s comes from the country %j", async (from, country) => {
    const { app, rings, sent } = await startEmulatorStage();
    app.on("/voice", "<Pause length='60'/>");
    await rings(from);
    expect(sent("/voice")[0]).toMatchObject({ FromCountry: country, CallerCountry: country, CallerZip: "" });
  });
});

describe("a call by REST", () => {
  it("numbers its callbacks, and ends with SIP code 200", async () => {
    const { app, emulator, clock, order, sent } = await startEmulatorStage();
    app.on("/agent", "<Pause length='5'/>");
    emulator.people.add(PHONE, ANSWERS);
    emulator.engine.createCall(order(PHONE));
    await clock.advance(10_000);
    const [initiated, ringing, answered, completed] = sent("/calls");
    expectLike(initiated, "call initiated");
    expectLike(ringing, "call ringing");
    expectLike(answered, "call in progress");
    expectLike(completed, "call completed");
  });

  it("says on its end who answered, if that was detected", async () => {
    const { app, emulator, clock, order, sent } = await startEmulatorStage();
    app.on("/agent", "<Pause length='5'/>");
    emulator.people.add(PHONE, ANSWERS);
    const how = { mode: "Enable", isAsync: false, callback: null } as const;
    const machineDetection = { ...how, timeoutMs: 30_000, speechMs: 2_400, speechEndMs: 1_200 };
    emulator.engine.createCall(order(PHONE, { machineDetection }));
    await clock.advance(20_000);
    expectLike(sent("/calls").at(-1), "call completed, who answered was detected");
  });

  it("has number 0 on its end if the app wants no other event", async () => {
    const { app, emulator, clock, order, sent } = await startEmulatorStage();
    app.on("/agent", "<Hangup/>");
    emulator.people.add(PHONE, ANSWERS);
    emulator.engine.createCall(order(PHONE, { statusCallback: onlyCompleted(app.url) }));
    await clock.advance(2_000);
    expectLike(sent("/calls")[0], "only completed");
  });

  it("rings before it is busy", async () => {
    const { emulator, clock, order, sent } = await startEmulatorStage();
    emulator.people.add(PHONE, { habit: { kind: "busy" } });
    emulator.engine.createCall(order(PHONE));
    await clock.advance(1_000);
    expect(sent("/calls").map(({ CallStatus }) => CallStatus)).toEqual(["initiated", "ringing", "busy"]);
    expectLike(sent("/calls")[2], "call busy");
  });

  it("has no geo fields for a browser", async () => {
    const { app, emulator, clock, order, sent } = await startEmulatorStage();
    const browser = emulator.people.add("client:888");
    emulator.engine.createCall(order("client:888", { statusCallback: onlyCompleted(app.url), timeout: 10 }));
    await clock.advance(20_000);
    expectLike(sent("/calls")[0], "browser did not answer");
    browser.setHabit({ kind: "answers", afterMs: 0 });
    app.on("/agent", "<Hangup/>");
    emulator.engine.createCall(order("client:888"));
    await clock.advance(1_000);
    expectLike(sent("/agent")[0], "voice request of a browser");
  });
});

it("a browser whose tab is frozen stays registered, and its calls come back busy and unanswered in turn", async () => {
  const { emulator, clock, order, sent } = await startEmulatorStage();
  emulator.people.add("client:888", { habit: { kind: "frozen" } });
  for (let i = 0; i < 4; i++) {
    emulator.engine.createCall(order("client:888", { timeout: 10 }));
    await clock.advance(20_000);
  }
  const ends = sent("/calls").filter(({ Duration }) => Duration !== undefined);
  expect(ends.map(({ CallStatus }) => CallStatus)).toEqual(["busy", "no-answer", "busy", "no-answer"]);
  expect(new Set(ends.map(({ CallDuration }) => CallDuration))).toEqual(new Set(["0"]));
});

describe("a call of <Dial>", () => {
  const TARGET = `url="/whisper" statusCallback="/legs" statusCallbackEvent="answered"`;

  it.each([
    ["Client", "agent1", "client:agent1", "client url"],
    ["Number", PHONE, PHONE, "number url"],
  ])("to <%s> names the number that its caller called", async (noun, text, address, capture) => {
    const { app, emulator, clock, rings, sent } = await startEmulatorStage();
    app.on(
      "/voice",
      `<Dial callerId="${NUMBER}" action="/after"><${noun} ${TARGET}>${text}</${noun}></Dial>`,
    );
    app.on("/whisper", "<Pause/>");
    app.on("/after", "<Hangup/>");
    const callee = emulator.people.add(address, ANSWERS);
    const caller = await rings(CALLER);
    await clock.advance(5_000);
    expectLike(sent("/whisper")[0], capture);
    expectLike(sent("/legs")[0], "dialled call in progress");
    expect(sent("/legs")[0]).toMatchObject({ ParentCallSid: caller.callSid, ForwardedFrom: NUMBER });
    callee.hangUp();
    await emulator.settled();
    expectLike(sent("/after")[0], "dial action");
  });

  it("requests the action of a caller who hung up as for a completed call", async () => {
    const { app, emulator, clock, rings, sent } = await startEmulatorStage();
    app.on("/voice", `<Dial action="/after"><Client>agent1</Client></Dial>`);
    emulator.people.add("client:agent1", ANSWERS);
    const caller = await rings(CALLER);
    await clock.advance(5_000);
    caller.hangUp();
    await emulator.settled();
    expectLike(sent("/after")[0], "dial action after the caller hung up");
  });

  it("of a browser that called an application goes on without a number and without places", async () => {
    const { app, emulator, clock, sent } = await startEmulatorStage({ applications: [{ voiceUrl: "" }] });
    app.on("/voice", `<Dial action="/after"><Client>agent2</Client></Dial>`);
    emulator.people.add("client:agent2", ANSWERS);
    const [application] = emulator.engine.world.applications.values();
    if (!application) throw new Error("The emulator has no application");
    application.voiceUrl = `${app.url}/voice`;
    const line = silentLine();
    const callsOut = { application: { sid: application.sid, parameters: {} }, line, ...DEAF };
    emulator.engine.receiveCall({ from: "client:agent1", to: "", ...callsOut });
    await clock.advance(5_000);
    line.listener.hungUp();
    await emulator.settled();
    expectLike(sent("/after")[0], "dial action of a browser's call");
  });

  it("reports its recording", async () => {
    const { app, emulator, clock, rings, sent } = await startEmulatorStage();
    app.on(
      "/voice",
      `<Dial record="true" recordingStatusCallback="/recorded"><Client>agent1</Client></Dial>`,
    );
    emulator.people.add("client:agent1", ANSWERS);
    const caller = await rings(CALLER);
    await clock.advance(5_000);
    caller.hangUp();
    await emulator.settled();
    expectLike(sent("/recorded")[0], "recording of a dial");
  });

  it("has no ForwardedFrom if REST called the caller", async () => {
    const { app, emulator, clock, order, sent } = await startEmulatorStage();
    app.on("/agent", `<Dial><Client ${TARGET}>agent1</Client></Dial>`);
    for (const address of [PHONE, "client:agent1"]) emulator.people.add(address, ANSWERS);
    emulator.engine.createCall(order(PHONE));
    await clock.advance(5_000);
    const [leg] = sent("/legs");
    expect(leg?.ParentCallSid).toMatch(/^CA/);
    expect(Object.keys(leg ?? {}).filter((name) => /CalledVia|ForwardedFrom/.test(name))).toEqual([]);
  });
});

describe("a conference", () => {
  const ROOM = `<Conference waitUrl="/wait" endConferenceOnExit="true" statusCallback="/events"
    statusCallbackEvent="start end join leave">room1</Conference>`;

  it("reports the first join as number 1, waits without its name, and says whose leaving ended it", async () => {
    const { app, emulator, rings, sent } = await startEmulatorStage();
    app.on("/voice", `<Dial>${ROOM}</Dial>`);
    app.on("/wait", "<Pause length='60'/>");
    const [caller] = [await rings(CALLER), await rings(PHONE)];
    expectLike(sent("/events")[0], "first join");
    expectLike(sent("/wait")[0], "wait url");
    caller.hangUp();
    await emulator.settled();
    const end = sent("/events").find((each) => each.StatusCallbackEvent === "conference-end");
    expectLike(end, "conference end");
  });

  it("has no address for a browser that <Dial> called", async () => {
    const { app, emulator, clock, rings, sent } = await startEmulatorStage();
    app.on("/voice", `<Dial><Client>agent1</Client></Dial>`);
    app.on("/wait", "<Pause length='60'/>");
    const browser = emulator.people.add("client:agent1", ANSWERS);
    await rings(CALLER);
    await clock.advance(2_000);
    const call = emulator.engine.world.calls.get(browser.callSid ?? "");
    if (!call) throw new Error("The browser is in no call");
    const twiml = `<Response><Dial><Conference waitUrl="${app.url}/wait">room1</Conference></Dial></Response>`;
    emulator.engine.updateCall(call, { twiml });
    await clock.advance(100);
    expectLike(sent("/wait")[0], "wait url of a dialled browser");
  });
});
