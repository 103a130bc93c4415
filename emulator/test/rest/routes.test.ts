import { afterAll, beforeAll, expect, it } from "vitest";
import { type Twilio, startTwilio } from "./support/twilio.ts";

let twilio: Twilio;
beforeAll(async () => {
  twilio = await startTwilio();
});
afterAll(() => twilio.close());

it.each([
  ["GET", "/SIP/Domains.json"],
  ["POST", "/Messages.json"],
  ["POST", "/Transcriptions.json"],
  ["POST", `/Calls/CA${"1".repeat(32)}/Siprec.json`],
  ["POST", "/IncomingPhoneNumbers.json"],
  ["GET", "/IncomingPhoneNumbers/Local.json"],
])("says loudly that Twilio has %s %s and the emulator has not", async (method, path) => {
  const { status, body } = await twilio.ask(method, path);
  expect(status).toBe(501);
  expect(body).toMatchObject({ code: 501, more_info: "SUPPORTED.md" });
  expect(body.message).toContain("not of the emulator");
});

it("the REST API answers 404 where Twilio does", async () => {
  for (const path of ["/Cals.json", "/Calls/x/Foo.json", "/2010-04-01/Nothing.json", "//Calls.json"]) {
    const { status, body } = await twilio.ask("GET", path);
    expect([path, status, body.code]).toEqual([path, 404, 20404]);
  }
});

it("the REST API refuses a method that the path does not have", async () => {
  const { status, body } = await twilio.ask("PUT", "/Calls.json");
  expect([status, body.code]).toEqual([405, 20004]);
});

it("the REST API answers JSON only, and says so", async () => {
  const { status, body } = await twilio.ask("GET", "/Calls");
  expect(status).toBe(501);
  expect(body.message).toContain("/Calls.json");
});

it("the REST API answers 404 to a path that cannot be decoded", async () => {
  const { status, body } = await twilio.ask("GET", "/Calls/%E0%A4%A.json");
  expect([status, body.code]).toEqual([404, 20404]);
});
