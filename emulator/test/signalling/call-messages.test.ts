import twilio from "twilio";
import { beforeEach, describe, expect, it } from "vitest";
import { familiesOf, narrowed } from "../../src/inspector/family.ts";
import type { Snapshot } from "../../src/inspector/snapshot.ts";
import { stepsOf } from "../../src/inspector/steps.ts";
import { localClient } from "../../../test/support/contract/client.ts";
import { type EmulatorStage, startEmulatorStage } from "../support/emulator-stage.ts";
import type { Client } from "./phone-line.ts";
import { browserSdp } from "./signalling-stage.ts";
import { openBrowser, registeredBrowser } from "./stage-browser.ts";

const TYPE = "user-defined-message";

let stage: EmulatorStage;
let rest: twilio.Twilio;
beforeEach(async () => {
  stage = await startEmulatorStage({ applications: [{ voiceUrl: "http://127.0.0.1:9/unused" }] });
  const { accountSid, authToken } = stage.emulator.credentials;
  rest = twilio(accountSid, authToken, localClient(stage.emulator.url));
});

/** A call that rings at these browsers of alice. */
async function ringing(...browsers: Client[]): Promise<string> {
  const twiml = "<Response><Pause length='600'/></Response>";
  const order = stage.order("client:alice", { voice: null, twiml, statusCallback: null });
  const { sid } = stage.emulator.engine.createCall(order);
  for (const browser of browsers) await browser.next("invite");
  return sid;
}

/** Alice's browser in a call, which the app may have subscribed to. */
async function talking(...callbacks: string[]): Promise<{ page: Client; callsid: string }> {
  const page = await registeredBrowser(stage, "alice");
  const callsid = await ringing(page);
  page.send("answer", { callsid, sdp: browserSdp("a") });
  await page.next("answer");
  for (const path of callbacks) await subscribe(callsid, path);
  return { page, callsid };
}

const subscribe = (callSid: string, path: string, method = "POST") =>
  rest.calls(callSid).userDefinedMessageSubscriptions.create({ callback: stage.app.url + path, method });

/** What the SDK sends. */
function post(page: Client, callsid: string, voiceeventsid: string, more: object = {}): void {
  const plain = { content: { n: 1 }, contenttype: "application/json", messagetype: TYPE };
  page.send("message", { callsid, voiceeventsid, ...plain, ...more });
}

/** Resolves when the emulator has taken the message and done what follows at once. */
async function send(...message: Parameters<typeof post>): Promise<void> {
  post(...message);
  await message[0].heard();
  await stage.emulator.settled();
}

const sids = (path: string): (string | undefined)[] => stage.app.to(path).map(({ params }) => params.Sid);

describe("a message of the app", () => {
  it("reaches the page of a call, with the SID that REST answers", async () => {
    const { page, callsid } = await talking();
    const message = await rest.calls(callsid).userDefinedMessages.create({ content: '{"key":["ü",1]}' });
    expect(await page.next("message")).toEqual({
      callsid,
      content: { key: ["ü", 1] },
      contenttype: "application/json",
      messagetype: TYPE,
      voiceeventsid: message.sid,
    });
  });

  it("reaches every page where the call rings, and no other", async () => {
    const [desk, home] = [await registeredBrowser(stage, "alice"), await registeredBrowser(stage, "alice")];
    const bob = await registeredBrowser(stage, "bob");
    const sid = await ringing(desk, home);
    await rest.calls(sid).userDefinedMessages.create({ content: '"hello"' });
    for (const page of [desk, home]) expect((await page.next("message")).content).toBe("hello");
    await bob.heard();
    expect(bob.untaken()).toEqual([]);
  });

  it("reaches a page that calls out, from when it rings; before, its own are refused", async () => {
    const [application] = stage.emulator.applications;
    Object.assign(application!, { voiceUrl: `${stage.app.url}/out` });
    stage.app.on("/out", "<Dial><Client>bob</Client></Dial>");
    stage.emulator.people.add("client:bob");
    const page = await openBrowser(stage, "alice", application!.sid);
    page.send("invite", { callsid: "TJSabc", sdp: browserSdp("a"), twilio: {} });
    post(page, "TJSabc", "KX1");
    const early = { callsid: "TJSabc", voiceeventsid: "KX1", error: { code: 31211 } };
    expect(await page.next("error")).toMatchObject(early);
    const callsid = String((await page.next("ringing")).callsid);
    await rest.calls(callsid).userDefinedMessages.create({ content: "[]" });
    expect(await page.next("message")).toMatchObject({ callsid, content: [] });
    expect(page.untaken()).not.toContain("answer");
  });

  it("is sent once for an IdempotencyKey", async () => {
    const { page, callsid } = await talking();
    const { userDefinedMessages: messages, userDefinedMessageSubscriptions: all } = rest.calls(callsid);
    const made = [];
    for (const key of ["a", "a", "b"])
      made.push((await messages.create({ content: "{}", idempotencyKey: key })).sid);
    expect(made[1]).toBe(made[0]);
    expect(made[2]).not.toBe(made[0]);
    for (const sid of [made[0], made[2]]) expect((await page.next("message")).voiceeventsid).toBe(sid);
    await page.heard();
    expect(page.untaken()).toEqual([]);
    const callback = `${stage.app.url}/once`;
    for (let i = 0; i < 2; i++) await all.create({ callback, idempotencyKey: "a" });
    await send(page, callsid, "KX1");
    expect(sids("/once")).toEqual(["KX1"]);
  });
});

describe("a message of a page", () => {
  it("is acknowledged, and arrives signed and numbered at every subscription", async () => {
    const { page, callsid } = await talking("/one");
    await subscribe(callsid, "/two", "GET");
    await send(page, callsid, "KX1", { content: { hello: "wörld" } });
    await send(page, callsid, "KX2", { content: "text" });
    for (const voiceeventsid of ["KX1", "KX2"])
      expect(await page.next("ack")).toEqual({ acktype: "message", callsid, voiceeventsid });
    for (const [path, method] of [
      ["/one", "POST"],
      ["/two", "GET"],
    ] as const) {
      const requests = stage.app.to(path);
      const signed = [method, true];
      expect(requests.map((request) => [request.method, request.isSigned])).toEqual([signed, signed]);
      expect(requests.map(({ params }) => params)).toEqual([
        {
          AccountSid: stage.emulator.credentials.accountSid,
          CallSid: callsid,
          Content: '{"hello":"wörld"}',
          ContentType: "application/json",
          SequenceNumber: "1",
          Sid: "KX1",
          Timestamp: "Fri, 02 Jan 2026 03:04:05 +0000",
        },
        expect.objectContaining({ Content: '"text"', SequenceNumber: "2", Sid: "KX2" }),
      ]);
    }
  });

  it("waits for the one before it, which is slow", async () => {
    const { page, callsid } = await talking("/messages");
    stage.emulator.faults.add({ webhook: TYPE, does: "delay", delayMs: 3_000 });
    await send(page, callsid, "KX1");
    await send(page, callsid, "KX2");
    expect(sids("/messages")).toEqual([]);
    await stage.clock.advance(3_000);
    expect(sids("/messages")).toEqual(["KX1", "KX2"]);
  });

  it("may be sent while it rings", async () => {
    const page = await registeredBrowser(stage, "alice");
    const callsid = await ringing(page);
    await subscribe(callsid, "/messages");
    await send(page, callsid, "KX1");
    expect(sids("/messages")).toEqual(["KX1"]);
  });

  it("goes nowhere without a subscription, and after it was deleted", async () => {
    const { page, callsid } = await talking();
    await send(page, callsid, "KX1");
    const { sid } = await subscribe(callsid, "/messages");
    await send(page, callsid, "KX2");
    await rest.calls(callsid).userDefinedMessageSubscriptions(sid).remove();
    await send(page, callsid, "KX3");
    for (const voiceeventsid of ["KX1", "KX2", "KX3"])
      expect(await page.next("ack")).toMatchObject({ voiceeventsid });
    expect(stage.app.requests.map(({ params }) => params.Sid).filter(Boolean)).toEqual(["KX2"]);
  });

  it("of another content type is acknowledged, goes nowhere, and is warned of", async () => {
    const { page, callsid } = await talking("/messages");
    await send(page, callsid, "KX1", { contenttype: "text/plain", content: "hello" });
    expect(await page.next("ack")).toMatchObject({ voiceeventsid: "KX1" });
    expect(sids("/messages")).toEqual([]);
    expect(stage.warnings()).toContainEqual({ code: 32701, message: expect.stringContaining("text/plain") });
  });

  it.each([
    ["of another type", 31210, { messagetype: "mine" }],
    ["with more than 10,000 characters of JSON", 31212, { content: "x".repeat(9_999) }],
  ])("%s is refused", async (_what, code, change) => {
    const { page, callsid } = await talking("/messages");
    post(page, callsid, "KX1", change);
    expect(await page.next("error")).toMatchObject({ callsid, voiceeventsid: "KX1", error: { code } });
    await send(page, callsid, "KX2", { content: "x".repeat(9_998) });
    expect(sids("/messages")).toEqual(["KX2"]);
    expect(stage.warnings().map((warning) => warning.code)).toContain(code);
  });

  it("is refused for a call that is over, and for another page's", async () => {
    const { page, callsid } = await talking("/messages");
    const stranger = await registeredBrowser(stage, "bob");
    post(stranger, callsid, "KX1");
    const error = { code: 31211 };
    expect(await stranger.next("error")).toMatchObject({ voiceeventsid: "KX1", error });
    page.send("hangup", { callsid });
    post(page, callsid, "KX2");
    expect(await page.next("error")).toMatchObject({ voiceeventsid: "KX2", error });
    await stage.emulator.settled();
    expect(sids("/messages")).toEqual([]);
  });
});

describe("a callback that fails", () => {
  it("is warned of with 32711, and the next message goes there, too", async () => {
    const { page, callsid } = await talking("/messages");
    stage.app.on("/messages", ({ params }) =>
      params.Sid === "KX1" ? { status: 500 } : { type: "text/plain", body: "OK" },
    );
    await send(page, callsid, "KX1");
    await send(page, callsid, "KX2");
    expect(sids("/messages")).toEqual(["KX1", "KX2"]);
    expect(stage.warnings().filter(({ code }) => code !== 31211)).toEqual([
      { code: 32711, message: expect.stringContaining("HTTP 500") },
    ]);
  });
});

it("the inspector shows messages in both directions, and where they went", async () => {
  const { page, callsid } = await talking();
  await rest.calls(callsid).userDefinedMessages.create({ content: '{"n":1}' });
  await send(page, callsid, "KX1", { content: { n: 2 } });
  await subscribe(callsid, "/messages");
  stage.app.on("/messages", { status: 404 });
  await send(page, callsid, "KX2", { content: { n: 3 } });
  const shown = (await (await fetch(`${stage.emulator.url}/inspector.json`)).json()) as Snapshot;
  const [family] = familiesOf(shown);
  const steps = stepsOf(narrowed(shown, family!), { reads: false }).steps.map(
    ({ from, to, what }) => `${from} > ${to}: ${what}`,
  );
  expect(steps.slice(steps.findIndex((step) => step.includes("CreateUserDefinedMessage ")))).toEqual([
    'App > Twilio: CreateUserDefinedMessage Content={"n":1}',
    'Twilio > client:alice: message {"n":1}',
    "Twilio > App: 201",
    'client:alice > Twilio: message {"n":2}, to which nobody has subscribed',
    "App > Twilio: CreateUserDefinedMessageSubscription",
    "Twilio > App: 201",
    'client:alice > Twilio: message {"n":3}',
    'Twilio > App: user-defined-message: {"n":3}',
    "App > Twilio: 11217: The app answered with HTTP 404",
    expect.stringContaining("Twilio > Twilio: 32711: "),
  ]);
});
