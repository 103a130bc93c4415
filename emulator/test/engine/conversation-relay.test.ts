import { describe, expect, it } from "vitest";
import type { Message } from "../support/socket-app.ts";
import { CUSTOMER, NUMBER } from "../support/emulator-stage.ts";
import { streaming } from "./streaming.ts";

const SENTENCE = "Your order leaves our warehouse tomorrow morning at eight.";

const relay = (attributes = "", inside = ""): string =>
  `<Connect action="/done"><ConversationRelay url="{ws}/relay" ${attributes}>${inside}</ConversationRelay></Connect>`;

/** A customer who is connected with the app. */
async function connected(document = relay()) {
  const stage = await streaming(document);
  stage.app.on("/done", "<Say>Bye.</Say><Pause length='60'/>");
  const customer = await stage.rings();
  const [socket] = stage.sockets.connections;
  if (!socket) throw new Error("The emulator opened no WebSocket");
  const call = stage.emulator.engine.world.calls.get(customer.callSid ?? "");
  const after = async (...messages: (object | string)[]): Promise<void> => {
    for (const message of messages) socket.send(message);
    await stage.emulator.settled();
  };
  /** What came after the setup. */
  const heard = (): Message[] => socket.messages.slice(1);
  return { ...stage, customer, socket, call, after, heard };
}

const text = (token: string, more: object = { last: true }): object => ({ type: "text", token, ...more });

describe("<ConversationRelay> tells the app", () => {
  it("by a signed handshake, who calls", async () => {
    const { socket, call, emulator } = await connected(relay("", `<Parameter name="plan" value="gold"/>`));
    expect([socket.isSigned, socket.path]).toEqual([true, "/relay"]);
    expect(socket.messages).toEqual([
      {
        type: "setup",
        sessionId: expect.stringMatching(/^VX[0-9a-f]{32}$/),
        accountSid: emulator.credentials.accountSid,
        parentCallSid: "",
        callSid: call?.sid,
        from: CUSTOMER,
        to: NUMBER,
        forwardedFrom: "",
        callType: "PSTN",
        callerName: "",
        direction: "inbound",
        callStatus: "RINGING",
        customParameters: { plan: "gold" },
      },
    ]);
  });

  it("what the customer says, in the language of the transcription", async () => {
    const { customer, after, heard } = await connected(relay(`language="de-DE"`));
    customer.speak("Wo ist mein Paket?");
    await after();
    await after({ type: "language", transcriptionLanguage: "en-GB" });
    customer.speak("Where is it?");
    await after();
    expect(heard()).toEqual([
      { type: "prompt", voicePrompt: "Wo ist mein Paket?", lang: "de-DE", last: true },
      { type: "prompt", voicePrompt: "Where is it?", lang: "en-GB", last: true },
    ]);
  });

  it.each([
    [
      `dtmfDetection="true"`,
      [
        { type: "dtmf", digit: "4" },
        { type: "dtmf", digit: "2" },
      ],
    ],
    ["", []],
  ])("which keys the customer presses, with %s", async (attribute, expected) => {
    const { customer, after, heard } = await connected(relay(attribute));
    customer.press("42");
    await after();
    expect(heard()).toEqual(expected);
  });

  it("that it did not understand a message, which changes nothing else", async () => {
    const { after, heard, codes, customer } = await connected();
    await after("hello", { type: "sing" }, { type: "text" }, { type: "play", source: 7 }, text("Hi."));
    const descriptions = ["hello", '{"type":"sing"}', '{"type":"text"}', '{"type":"play","source":7}'];
    expect(heard()).toEqual(
      descriptions.map((each) => ({ type: "error", description: `Invalid message received: ${each}` })),
    );
    expect([codes(), customer.captions]).toEqual([[64107, 64107, 64107, 64107], ["Hi."]]);
  });

  it("that it did not understand ten messages in a row, and ends", async () => {
    const { after, codes, heard } = await connected();
    const nine = Array.from({ length: 9 }, () => "hello");
    await after(...nine, text("Hi."), ...nine);
    expect(codes()).toHaveLength(18);
    await after("hello", "hello");
    expect([codes().length, heard().length]).toEqual([20, 19]);
  });
});

describe("the customer, in <ConversationRelay>,", () => {
  it("hears the greeting, and then the app's sentences, one after the other", async () => {
    const { customer, after, clock, hearing } = await connected(relay(`welcomeGreeting="Welcome."`));
    expect(customer.captions).toEqual(["Welcome."]);
    await after(text("Your order ", {}), text("is ready.", { last: true }), text("Anything else?"));
    expect(hearing()).toEqual([`${CUSTOMER} <- [say]`]);
    expect(customer.captions).toEqual(["Welcome."]);
    await clock.advance(1_000);
    expect(customer.captions).toEqual(["Welcome.", "Your order is ready."]);
    await clock.advance(10_000);
    expect(customer.captions).toEqual(["Welcome.", "Your order is ready.", "Anything else?"]);
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
  });

  it("interrupts a sentence by speaking, and the app learns how far it came", async () => {
    const { customer, after, heard, clock, hearing } = await connected();
    await after(text(SENTENCE), text("Never heard."));
    await clock.advance(2_000);
    customer.speak("Stop!");
    await after();
    expect(heard()).toEqual([
      {
        type: "interrupt",
        utteranceUntilInterrupt: "Your order leaves our",
        durationUntilInterruptMs: 2_000,
      },
      { type: "prompt", voicePrompt: "Stop!", lang: "en-US", last: true },
    ]);
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
    await clock.advance(60_000);
    await after(text("Sorry."));
    expect(customer.captions).toEqual([SENTENCE, "Sorry."]);
  });

  it.each([
    ["", {}, ["interrupt", "prompt"], ["interrupt", "dtmf"]],
    [`interruptible="speech"`, {}, ["interrupt", "prompt"], []],
    [`interruptible="dtmf"`, {}, [], ["interrupt", "dtmf"]],
    [`interruptible="false"`, {}, [], []],
    [`interruptible="none" reportInputDuringAgentSpeech="any"`, {}, ["prompt"], ["dtmf"]],
    ["", { interruptible: false }, [], []],
  ])("interrupts with %s and %o by speech %j, by keys %j", async (attributes, more, bySpeech, byKeys) => {
    const types = async (act: "speak" | "press"): Promise<unknown[]> => {
      const { customer, after, heard } = await connected(relay(`dtmfDetection="true" ${attributes}`));
      await after(text(SENTENCE, { last: true, ...more }));
      customer[act]("1");
      await after();
      return heard().map(({ type }) => type);
    };
    expect([await types("speak"), await types("press")]).toEqual([bySpeech, byKeys]);
  });

  it("hears the next sentence at once if the one before is preemptible", async () => {
    const { customer, after } = await connected();
    await after(text(SENTENCE, { last: true, preemptible: true }), text("Wait."));
    expect(customer.captions).toEqual([SENTENCE, "Wait."]);
  });

  it("hears a sound of the app, and keys that it sends", async () => {
    const { after, hearing, clock, app } = await connected();
    await after({ type: "play", source: `${app.url}/tune.wav` });
    expect([hearing(), app.to("/tune.wav").length]).toEqual([[`${CUSTOMER} <- [play]`], 1]);
    await clock.advance(70_000);
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
    await after({ type: "sendDigits", digits: "12" });
    expect(hearing()).toEqual([`${CUSTOMER} <- [play]`]);
    await clock.advance(5_000);
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
  });
});

describe("a session of <ConversationRelay> ends", () => {
  it("by the app, whose data goes to the action", async () => {
    const { after, app, socket, customer, clock } = await connected();
    const handoffData = JSON.stringify({ reason: "wants a person" });
    await clock.advance(4_000);
    await after(text(SENTENCE), { type: "end", handoffData });
    expect(app.to("/done").map(({ params, isSigned }) => ({ ...params, isSigned }))).toMatchObject([
      {
        SessionId: socket.messages[0]?.sessionId,
        SessionStatus: "ended",
        SessionDuration: "4",
        HandoffData: handoffData,
        CallStatus: "in-progress",
        isSigned: true,
      },
    ]);
    expect([customer.captions, socket.isClosed]).toEqual([[SENTENCE, "Bye."], true]);
  });

  it("by the customer, who hangs up", async () => {
    const { after, app, socket, customer } = await connected();
    customer.hangUp();
    await after();
    expect(app.to("/done").map(({ params }) => [params.SessionStatus, params.CallStatus])).toEqual([
      ["completed", "completed"],
    ]);
    expect(socket.isClosed).toBe(true);
  });

  it("with an error when the app closes the connection", async () => {
    const { app, socket, emulator, codes } = await connected();
    socket.close();
    await emulator.settled();
    expect(app.to("/done").map(({ params }) => [params.SessionStatus, params.ErrorCode])).toEqual([
      ["failed", "64105"],
    ]);
    expect(codes()).toEqual([64105]);
  });

  it("with an error when the app cannot be reached", async () => {
    const { app, rings, codes } = await streaming(relay().replace("{ws}", "ws://127.0.0.1:1"));
    await rings();
    expect(app.to("/done").map(({ params }) => [params.SessionStatus, params.ErrorCode])).toEqual([
      ["failed", "64102"],
    ]);
    expect(codes()).toEqual([64102]);
  });

  it("without an action, and the next verb runs", async () => {
    const { after, customer } = await connected(
      `<Connect><ConversationRelay url="{ws}/relay"/></Connect><Say>On we go.</Say><Pause length="60"/>`,
    );
    await after({ type: "end" });
    expect(customer.captions).toEqual(["On we go."]);
  });
});

it("<ConversationRelay> without an address is an error of the document", async () => {
  const { rings, clock, codes } = await streaming("<Connect><ConversationRelay/></Connect>");
  const customer = await rings();
  await clock.advance(60_000);
  expect([customer.captions, codes()]).toEqual([
    ["We're sorry, an application error has occurred. Goodbye."],
    [12200],
  ]);
});
