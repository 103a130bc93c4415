import { afterEach, beforeEach, expect, it } from "vitest";
import { type Twilio, startTwilio } from "./support/twilio.ts";

let twilio: Twilio;
beforeEach(async () => {
  const numbers = ["+15550001111", "+15550002222", "+442071838750"].map((phoneNumber) => ({ phoneNumber }));
  twilio = await startTwilio({ numbers });
});
afterEach(() => twilio.close());

async function found(query: string): Promise<unknown[]> {
  const { body } = await twilio.ask("GET", `/IncomingPhoneNumbers.json?${query}`);
  return (body.incoming_phone_numbers as { phone_number: string }[]).map((number) => number.phone_number);
}

function update(form: Record<string, string>) {
  const sid = twilio.emulator.numbers[0]?.sid ?? "";
  return twilio.ask("POST", `/IncomingPhoneNumbers/${sid}.json`, { form });
}

it("the list of numbers finds numbers by part and by pattern", async () => {
  expect(await found("PhoneNumber=%2B15550001111")).toEqual(["+15550001111"]);
  expect(await found("PhoneNumber=555000")).toHaveLength(2);
  expect(await found("PhoneNumber=2071838")).toEqual(["+442071838750"]);
  expect(await found("PhoneNumber=%2B1555000****")).toHaveLength(2);
  expect(await found("PhoneNumber=999")).toEqual([]);
  expect(await found("Origin=hosted")).toEqual([]);
});

it("UpdateIncomingPhoneNumber points a number at an app", async () => {
  const { status, body } = await update({ VoiceUrl: "http://127.0.0.1:9/voice", VoiceMethod: "GET" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ voice_url: "http://127.0.0.1:9/voice", voice_method: "GET" });
  expect(twilio.emulator.numbers[0]).toMatchObject({
    voiceUrl: "http://127.0.0.1:9/voice",
    voiceMethod: "GET",
  });
});

it("UpdateIncomingPhoneNumber keeps omitted settings, and clears empty ones", async () => {
  await update({ VoiceUrl: "http://127.0.0.1:9/voice", StatusCallback: "http://127.0.0.1:9/ended" });
  const { body } = await update({ VoiceUrl: "" });
  expect(body).toMatchObject({ voice_url: "", status_callback: "http://127.0.0.1:9/ended" });
});

it("a number has a trunk or an application, not both", async () => {
  const [application, trunk] = [`AP${"a".repeat(32)}`, `TK${"b".repeat(32)}`];
  const first = await update({ VoiceApplicationSid: application });
  expect(first.body).toMatchObject({ voice_application_sid: application, trunk_sid: null });
  const second = await update({ TrunkSid: trunk });
  expect(second.body).toMatchObject({ voice_application_sid: "", trunk_sid: trunk });
  const third = await update({ VoiceApplicationSid: application });
  expect(third.body).toMatchObject({ voice_application_sid: application, trunk_sid: null });
});

it.each([
  [21405, { VoiceFallbackUrl: "http://127.0.0.1:9/sorry" }],
  [21402, { VoiceUrl: "not an address" }],
  [21403, { VoiceMethod: "PUT" }],
  [21218, { VoiceApplicationSid: "my app" }],
  [20422, { VoiceReceiveMode: "telex" }],
  [20422, { VoiceCallerIdLookup: "maybe" }],
])("refuses with %i: %o, and changes nothing", async (code, form) => {
  const before = structuredClone(twilio.emulator.numbers[0]);
  const { status, body } = await update({ FriendlyName: "changed", ...form });
  expect([status, body.code]).toEqual([400, code]);
  expect(twilio.emulator.numbers[0]).toEqual(before);
});
