import { describe, expect, it } from "vitest";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";

/** A customer who hears a `<Gather>`; after it, or after its action, something is said. */
async function gathering(attributes: string, prompts = "<Say>Press a key.</Say>") {
  const stage = await startEmulatorStage();
  stage.app.on("/voice", `<Gather ${attributes}>${prompts}</Gather><Say>No key.</Say>`);
  stage.app.on("/keys", "<Say>Thank you.</Say>");
  const customer = await stage.rings();
  const press = async (keys: string): Promise<void> => {
    customer.press(keys);
    await stage.emulator.settled();
  };
  /** What the action was told. */
  const told = () =>
    stage.sent("/keys").map(({ Digits, FinishedOnKey, msg }) => ({ Digits, FinishedOnKey, msg }));
  return { ...stage, customer, press, told };
}

const MINUTE = 60_000;

describe("<Gather>", () => {
  it("requests its action as soon as the last key is pressed", async () => {
    const { press, told, customer, clock, app } = await gathering(`action="/keys" numDigits="2"`);
    await press("4");
    expect(told()).toEqual([]);
    await press("2");
    expect(told()).toEqual([{ Digits: "42", FinishedOnKey: "", msg: "Gather End" }]);
    expect(app.to("/keys")).toMatchObject([{ method: "POST", isSigned: true }]);
    await clock.advance(MINUTE);
    expect(customer.captions).toEqual(["Press a key.", "Thank you."]);
  });

  it("is silent as soon as a key is pressed", async () => {
    const { press, hearing, clock, customer } = await gathering(
      `action="/keys" timeout="30"`,
      "<Say>Press a key.</Say><Say>Please do.</Say>",
    );
    expect(hearing()).toEqual([`${CUSTOMER} <- [say]`]);
    await press("1");
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
    await clock.advance(29_000);
    expect(customer.captions).toEqual(["Press a key."]);
  });

  it("waits for more keys, for the time-out after each one", async () => {
    const { press, told, clock } = await gathering(`action="/keys" timeout="3"`);
    await press("1");
    await clock.advance(2_900);
    await press("2");
    await clock.advance(2_900);
    expect(told()).toEqual([]);
    await clock.advance(200);
    expect(told()).toMatchObject([{ Digits: "12" }]);
  });

  it("ends with the finishing key, which is not among the digits", async () => {
    const { press, told } = await gathering(`action="/keys"`);
    await press("12#3");
    expect(told()).toEqual([{ Digits: "12", FinishedOnKey: "#", msg: "Gather End" }]);
  });

  it("may have another finishing key, or none", async () => {
    const star = await gathering(`action="/keys" finishOnKey="*"`);
    await star.press("1#*");
    expect(star.told()).toMatchObject([{ Digits: "1#", FinishedOnKey: "*" }]);
    const none = await gathering(`action="/keys" finishOnKey=""`);
    await none.press("1#");
    expect(none.told()).toEqual([]);
  });

  it("without a key goes on with the next verb, five seconds after its prompts", async () => {
    const { told, clock, customer } = await gathering(`action="/keys"`, `<Pause length="2"/>`);
    await clock.advance(6_900);
    expect(customer.captions).toEqual([]);
    await clock.advance(200);
    expect([customer.captions, told()]).toEqual([["No key."], []]);
  });

  it("without a key requests its action, if the document wants that", async () => {
    const { told, clock, customer } = await gathering(`action="/keys" actionOnEmptyResult="true"`);
    await clock.advance(MINUTE);
    expect(told()).toEqual([{ Digits: "", FinishedOnKey: "", msg: "Gather End" }]);
    expect(customer.captions).toEqual(["Press a key.", "Thank you."]);
  });

  it("for speech ignores keys", async () => {
    const { press, told, clock, customer } = await gathering(`action="/keys" input="speech"`);
    await press("1");
    await clock.advance(MINUTE);
    expect([customer.captions, told()]).toEqual([["Press a key.", "No key."], []]);
  });

  it("requests its own document if it has no action", async () => {
    const { press, sent } = await gathering(`numDigits="1"`);
    await press("7");
    expect(sent("/voice").map(({ Digits }) => Digits)).toEqual([undefined, "7"]);
  });

  it("ends with the call when the customer hangs up", async () => {
    const { told, clock, customer, emulator } = await gathering(`action="/keys" actionOnEmptyResult="true"`);
    customer.hangUp();
    await emulator.settled();
    await clock.advance(MINUTE);
    expect([customer.state, told()]).toEqual(["idle", []]);
  });

  it("runs only Say, Play and Pause, and warns of other verbs", async () => {
    const { warnings } = await gathering(`action="/keys"`, "<Dial>+15550100002</Dial>");
    expect(warnings()).toEqual([{ code: 12200, message: "<Dial> is not allowed in <Gather>" }]);
  });
});

describe("<Gather> of speech", () => {
  async function listening(attributes: string, prompts?: string) {
    const stage = await gathering(`action="/keys" ${attributes}`, prompts);
    stage.app.on("/partial", "");
    const speak = async (sentence: string): Promise<void> => {
      stage.customer.speak(sentence);
      await stage.emulator.settled();
    };
    const heard = () =>
      stage.sent("/keys").map(({ SpeechResult, Confidence, Language, Digits }) => ({
        SpeechResult,
        Confidence,
        Language,
        Digits,
      }));
    return { ...stage, speak, heard };
  }

  it("requests its action with what a scripted person said, at the first pause", async () => {
    const { speak, heard, customer, clock, app } = await listening(`input="speech" speechTimeout="auto"`);
    await speak("I want a person.");
    expect(heard()).toEqual([
      { SpeechResult: "I want a person.", Confidence: "0.99", Language: "en-US", Digits: undefined },
    ]);
    expect(app.to("/keys")).toMatchObject([{ isSigned: true }]);
    await clock.advance(MINUTE);
    expect(customer.captions).toEqual(["Press a key.", "Thank you."]);
  });

  it.each([
    [`speechTimeout="2"`, 2_000],
    [`timeout="3"`, 3_000],
    ["", 5_000],
  ])("waits for more sentences: %s", async (attributes, pauseMs) => {
    const { speak, heard, clock } = await listening(`input="speech" language="de-DE" ${attributes}`);
    await speak("Guten Tag.");
    await clock.advance(pauseMs - 100);
    await speak("Ich suche Anna.");
    await clock.advance(pauseMs - 100);
    expect(heard()).toEqual([]);
    await clock.advance(100);
    expect(heard()).toMatchObject([{ SpeechResult: "Guten Tag. Ich suche Anna.", Language: "de-DE" }]);
  });

  it("is silent as soon as the person speaks, unless bargeIn is false", async () => {
    const prompts = "<Say>Tell me what you want, in a few words.</Say>";
    const silent = await listening(`input="speech" speechTimeout="3"`, prompts);
    await silent.speak("Stop.");
    expect(silent.hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
    const patient = await listening(`input="speech" speechTimeout="auto" bargeIn="false"`, prompts);
    await patient.speak("Stop.");
    expect([patient.hearing(), patient.heard()]).toEqual([[`${CUSTOMER} <- [say]`], []]);
    await patient.clock.advance(MINUTE);
    expect(patient.heard()).toMatchObject([{ SpeechResult: "Stop." }]);
  });

  it("takes keys or speech, whichever comes first", async () => {
    const both = `input="dtmf speech" timeout="2"`;
    const keys = await listening(both);
    await keys.press("1");
    await keys.speak("One.");
    await keys.clock.advance(2_000);
    expect(keys.heard()).toEqual([{ Digits: "1" }]);
    const speech = await listening(both);
    await speech.speak("One.");
    await speech.press("1#");
    await speech.clock.advance(2_000);
    expect(speech.heard()).toMatchObject([{ SpeechResult: "One.", Digits: undefined }]);
  });

  it("reports each sentence at once, and reads no answer", async () => {
    const { speak, sent, app } = await listening(`input="speech" partialResultCallback="/partial"`);
    app.on("/partial", "<Hangup/>");
    await speak("Hello.");
    await speak("Anna, please.");
    const told = sent("/partial").map(({ SequenceNumber, StableSpeechResult, UnstableSpeechResult }) => [
      SequenceNumber,
      StableSpeechResult,
      UnstableSpeechResult,
    ]);
    expect(told).toEqual([
      ["0", "", "Hello."],
      ["1", "Hello.", "Hello. Anna, please."],
    ]);
    expect(app.to("/partial").every(({ isSigned }) => isSigned)).toBe(true);
  });

  it("without a sentence goes on, or requests its action if the document wants that", async () => {
    const next = await listening(`input="speech"`);
    await next.clock.advance(MINUTE);
    expect([next.customer.captions, next.heard()]).toEqual([["Press a key.", "No key."], []]);
    const empty = await listening(`input="speech" actionOnEmptyResult="true"`);
    await empty.clock.advance(MINUTE);
    expect(empty.heard()).toMatchObject([{ SpeechResult: "", Digits: undefined }]);
  });

  it("understands nothing while only keys are awaited", async () => {
    const { speak, heard, clock } = await listening("");
    await speak("One.");
    await clock.advance(MINUTE);
    expect(heard()).toEqual([]);
  });

  it("warns of a time-out that is none, and listens on", async () => {
    const { speak, heard, warnings, clock } = await listening(`input="speech" speechTimeout="soon"`);
    expect(warnings()).toMatchObject([{ code: 12200 }]);
    await speak("Hello.");
    await clock.advance(5_000);
    expect(heard()).toMatchObject([{ SpeechResult: "Hello." }]);
  });
});
