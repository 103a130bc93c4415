import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createRequestLog } from "../../src/rest/request-log.ts";
import { CUSTOMER, NUMBER } from "../support/emulator-stage.ts";
import { STRANGER, inspectedCall } from "./inspected-call.ts";

interface CallFile {
  format: string;
  version: number;
  call: string;
  numbers: string;
  calls: Record<string, unknown>[];
  steps: Record<string, unknown>[];
}

const parse = (text: string): CallFile => JSON.parse(text) as CallFile;

describe("the file of a call", () => {
  it("has its version, its calls, and every step in order", async () => {
    const { call, see } = await inspectedCall();
    const file = parse(await see(`/inspector/calls/${call}.json`));
    expect(file).toMatchObject({ format: "local-twilio-call", version: 1, call, numbers: "made-up" });
    expect(file.calls.map(({ direction }) => direction)).toEqual(["inbound", "outbound-api"]);
    const [first, voice, answer] = file.steps;
    expect(first).toMatchObject({ kind: "event-call-status", callSid: call, status: "ringing" });
    expect(voice).toMatchObject({
      kind: "webhook",
      about: "voice",
      method: "POST",
      params: { CallSid: call },
    });
    expect(answer).toMatchObject({ kind: "webhook-answer", id: voice?.id, status: 200 });
    const asked = file.steps.filter(({ kind }) => kind === "request");
    expect(asked).toMatchObject([{ operation: "CreateCall", parameters: { To: "client:agent1" } }]);
    const answered = file.steps.filter(({ kind }) => kind === "request-answer");
    expect(answered).toMatchObject([{ id: asked[0]?.id, status: 201, callSid: file.calls[1]?.sid }]);
    const times = file.steps.map(({ at }) => Number(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it("is downloaded, and has nothing of another customer's call", async () => {
    const { call, emulator } = await inspectedCall();
    const reply = await fetch(`${emulator.url}/inspector/calls/${call}.json`);
    expect(reply.headers.get("content-disposition")).toBe(`attachment; filename="call-${call}.json"`);
    expect(await reply.text()).not.toContain("Goodbye");
    expect((await fetch(`${emulator.url}/inspector/calls/CA${"0".repeat(32)}.json`)).status).toBe(404);
  });

  it("has made-up numbers, the same for the same, unless the real ones are asked for", async () => {
    const { call, see, ask } = await inspectedCall();
    await ask("GET", `/Calls.json?To=sip:anna@office.example&From=${call}`);
    const text = await see(`/inspector/calls/${call}.json`);
    for (const real of [CUSTOMER, NUMBER, STRANGER, NUMBER.slice(1), "anna", "office.example"])
      expect(text).not.toContain(real);
    expect(text).toContain("sip:person");
    const { calls, steps } = parse(text);
    const voice = steps.find(({ kind }) => kind === "webhook")?.params as Record<string, string>;
    expect(voice.From).toMatch(/^\+1555\d{7}$/);
    expect([voice.From, voice.To]).toEqual([calls[0]?.from, calls[0]?.to]);
    expect(voice.From).not.toBe(voice.To);
    const real = parse(await see(`/inspector/calls/${call}.json?numbers=real`));
    expect(real).toMatchObject({ numbers: "real", calls: [{ from: CUSTOMER, to: NUMBER }, {}] });
  });

  it("has no secret, no signature, no caller's token and not the account", async () => {
    const { call, emulator, see } = await inspectedCall();
    const { accountSid, authToken, apiSecret } = emulator.credentials;
    const text = await see(`/inspector/calls/${call}.json?numbers=real`);
    const signatures = emulator.deliveries.map(({ signature }) => signature);
    const token = emulator.deliveries[0]?.params.CallToken ?? "";
    expect(token.length).toBeGreaterThan(20);
    for (const secret of [accountSid, authToken, apiSecret, token, ...signatures])
      expect(text).not.toContain(secret);
    expect(text).toContain(`AC${"0".repeat(32)}`);
  });
});

describe("the requests to REST that the emulator records", () => {
  it("have parameters and answers, and neither credentials nor the secret of a new key", async () => {
    const { ask, json, emulator } = await inspectedCall();
    await ask("POST", "/Keys.json", { FriendlyName: "mine" });
    const [, key] = [...emulator.engine.world.keys.values()];
    const { sid, secret } = key ?? { sid: "", secret: "" };
    expect(secret).not.toBe("");
    await ask("DELETE", `/Keys/${sid}.json`);
    const shown = JSON.stringify(await json());
    expect(shown).toContain('"operation":"CreateNewKey","parameters":{"FriendlyName":"mine"}');
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(btoa(`${emulator.credentials.accountSid}:`).slice(0, 30));
  });

  it("are recorded when they are wrong, with Twilio's code, and cut when they are large", async () => {
    const { ask, json } = await inspectedCall();
    await ask("POST", "/Calls.json", { To: "client:agent1", Twiml: "x".repeat(5_000), Colour: "red" });
    const [, wrong] = (await json()).requests;
    expect(wrong).toMatchObject({
      operation: "CreateCall",
      status: 400,
      body: expect.stringContaining('"code":20001'),
    });
    expect(String(wrong?.parameters.Twiml)).toHaveLength(4_096);
  });

  it("are a thousand at most, and four million characters: the oldest make room", () => {
    const log = createRequestLog(() => undefined);
    const ask = (url: string, parameters: [string, [string]][]): void => {
      const req = Object.assign(new IncomingMessage(new Socket()), { method: "POST", url });
      log.open(req, new ServerResponse(req)).recognised("CreateCall", new Map(parameters));
    };
    for (let i = 1; i <= 1_001; i += 1) ask(`/${i}`, []);
    expect([log.requests.length, log.requests[0]?.path]).toEqual([1_000, "/2"]);
    const long = Array.from({ length: 100 }, (_, i): [string, [string]] => [`${i}`, ["x".repeat(5_000)]]);
    for (let i = 1; i <= 20; i += 1) ask("/long", long);
    expect(log.requests.map(({ path }) => path)).toEqual(Array.from({ length: 9 }, () => "/long"));
  });

  it("have no status when a fault breaks the connection", async () => {
    const { ask, emulator, json } = await inspectedCall();
    emulator.faults.add({ rest: "FetchAccount", answer: "reset", afterEffect: true });
    await expect(ask("GET", ".json")).rejects.toThrow();
    await expect
      .poll(async () => (await json()).requests.at(-1))
      .toMatchObject({
        operation: "FetchAccount",
        status: null,
        body: null,
        durationMs: expect.any(Number),
      });
  });
});

describe("the stream of changes", () => {
  it("says that something has changed, and refuses pages from elsewhere", async () => {
    const { emulator, rings } = await inspectedCall();
    const events = `${emulator.url}/inspector/events`;
    expect((await fetch(events, { headers: { origin: "http://evil.example" } })).status).toBe(403);
    const stream = await fetch(events);
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = (await reader?.read())?.value;
    expect(first).toBe("retry: 1000\n\n");
    await rings("+15550144444");
    expect((await reader?.read())?.value).toBe("data: changed\n\n");
    await reader?.cancel();
  });
});
