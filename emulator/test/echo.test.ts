import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Emulator } from "../src/emulator.ts";
import { startEmulator } from "../src/start-emulator.ts";
import { startEmulatorStage } from "./support/emulator-stage.ts";

const TWIML =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Sorry & goodbye.</Say></Response>'.replace(
    "&",
    "&amp;",
  );

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ media: "none" });
});
afterEach(() => emulator.close());

const echo = (query: string, init: RequestInit = {}) => fetch(`${emulator.url}/echo${query}`, init);
const query = `?Twiml=${encodeURIComponent(TWIML)}`;

describe("/echo", () => {
  it.each([
    ["GET", () => echo(query)],
    [
      "POST with the TwiML in the address",
      () => echo(query, { method: "POST", body: new URLSearchParams({ CallSid: "CA1" }) }),
    ],
    [
      "POST with the TwiML in the form",
      () => echo("", { method: "POST", body: new URLSearchParams({ Twiml: TWIML }) }),
    ],
  ])("answers %s with what it was given", async (_, ask) => {
    const answer = await ask();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/xml; charset=utf-8"]);
    expect(await answer.text()).toBe(TWIML);
  });

  it.each([
    ["", "in the parameter Twiml"],
    ["?Twiml=Hello", "no TwiML"],
    ["?Twiml=%3CResponse%3E", "no TwiML"],
    ["?Twiml=%3Chtml%2F%3E", "not <Response>"],
  ])("refuses %j", async (wrong, sentence) => {
    const answer = await echo(wrong);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(await answer.text()).toContain(sentence);
  });

  it("refuses other methods", async () => {
    expect((await echo(query, { method: "PUT" })).status).toBe(405);
  });

  it("runs no TwiML of a page from another origin", async () => {
    const answer = await echo(query);
    expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("is a fallback that works without the app", async () => {
    const stage = await startEmulatorStage();
    const [number] = stage.emulator.numbers;
    stage.emulator.configureNumber(number?.phoneNumber ?? "", {
      voiceUrl: "http://127.0.0.1:1/voice",
      voiceFallbackUrl: `${stage.emulator.url}/echo${query}`,
    });
    const customer = await stage.rings();
    expect(customer.captions).toContain("Sorry & goodbye.");
  });
});
