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

  it("for speech ignores keys, and understands nothing", async () => {
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
