import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Emulator } from "../src/emulator.ts";
import { startEmulator } from "../src/start-emulator.ts";
import { CUSTOMER, startEmulatorStage } from "./support/emulator-stage.ts";

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

  it.each([
    ["its own address", (url: string) => `${url}/echo`],
    ["Twilio's address", () => "https://twimlets.com/echo"],
  ])("is a fallback that works without the app, at %s", async (_, address) => {
    const stage = await startEmulatorStage();
    const [number] = stage.emulator.numbers;
    stage.emulator.configureNumber(number?.phoneNumber ?? "", {
      voiceUrl: "http://127.0.0.1:1/voice",
      voiceFallbackUrl: address(stage.emulator.url) + query,
    });
    const customer = await stage.rings();
    expect(customer.captions).toContain("Sorry & goodbye.");
  });
});

describe("the hold music of twimlets.com", () => {
  const waitsWith = async (waitUrl: string) => {
    const stage = await startEmulatorStage();
    stage.app.on("/voice", `<Dial><Conference waitUrl="${waitUrl}">room</Conference></Dial>`);
    return { ...stage, customer: await stage.rings() };
  };

  it("plays while a customer waits, without a request to another machine", async () => {
    const { hearing, emulator } = await waitsWith(
      "http://twimlets.com/holdmusic?Bucket=com.twilio.music.ambient",
    );
    expect(hearing()).toEqual([`${CUSTOMER} <- [wait]`]);
    expect(emulator.deliveries.filter(({ kind }) => kind === "wait")).toMatchObject([
      { status: 200, error: null },
    ]);
  });

  it("says its message again and again between the music", async () => {
    const { clock, customer } = await waitsWith(
      "https://www.twimlets.com/holdmusic?Message=One%20moment%20%26%20more.",
    );
    await clock.advance(120_000);
    expect(customer.captions.slice(0, 2)).toEqual(["One moment & more.", "One moment & more."]);
  });

  it("is refused for a bucket that can be none", async () => {
    const answer = await fetch(`${emulator.url}/holdmusic?Bucket=a/b`);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      "Bucket is the name of a bucket at Amazon S3.\n",
    ]);
  });
});
