import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Delivery } from "../../src/webhooks/delivery.ts";
import { createCookieJar } from "../../src/webhooks/cookies.ts";
import { type WebhookOrder, createWebhooks } from "../../src/webhooks/webhooks.ts";
import { type AppAnswer, startApp } from "../support/emulator-app.ts";

const TOKEN = "12345";

/** An app, and a way to request an address of it. */
async function setUp(idempotencyToken: "always" | "retries" = "always") {
  const app = await startApp(TOKEN);
  onTestFinished(() => app.close());
  const deliveries: Delivery[] = [];
  const emulator = (): string => "http://127.0.0.1:1";
  const webhooks = createWebhooks({ authToken: TOKEN, deliveries, idempotencyToken, emulator });
  const request = (address: string, change: Partial<WebhookOrder> = {}) =>
    webhooks.request({
      kind: "voice",
      url: address.startsWith("/") ? app.url + address : address,
      method: "POST",
      params: { CallSid: "CA1", From: "+15550111111" },
      callSid: "CA1",
      conferenceSid: null,
      cookies: null,
      ...change,
    });
  const last = (): Delivery | undefined => deliveries.at(-1);
  return { app, request, last };
}

/** Answers the first requests with these, and the rest with TwiML. */
function inTurn(...answers: AppAnswer[]) {
  return (): AppAnswer => answers.shift() ?? { body: "<Response/>" };
}

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("retries", () => {
  it("do not follow a 5xx unless the address asks for it", async () => {
    const { app, request, last } = await setUp();
    app.on("/voice", inTurn({ status: 500 }));
    expect(await request("/voice")).toMatchObject({ ok: false, failure: { code: 11217 } });
    expect(last()).toMatchObject({ attempts: 1, status: 500, error: { code: 11217 } });
  });

  it("follow as often as rc says, for the causes in rp, with the same token and signature", async () => {
    const { app, request, last } = await setUp();
    app.on("/voice", inTurn({ status: 500 }, { status: 502 }));
    expect(await request("/voice#rc=2&rp=5xx")).toMatchObject({ ok: true });
    expect(last()).toMatchObject({ attempts: 3, status: 200, error: null, url: `${app.url}/voice` });
    expect(new Set(app.requests.map((r) => r.headers["i-twilio-idempotency-token"])).size).toBe(1);
    expect(app.requests.map((r) => r.isSigned)).toEqual([true, true, true]);
  });

  it("have a token, and first attempts none, in the other variant", async () => {
    const { app, request } = await setUp("retries");
    app.on("/voice", inTurn({ status: 500 }, { status: 502 }));
    await request("/voice#rc=2&rp=5xx");
    const tokens = app.requests.map((r) => r.headers["i-twilio-idempotency-token"]);
    expect(tokens).toEqual([undefined, expect.stringMatching(/./), tokens[1]]);
  });

  it("do not follow a 4xx if the address asks only for 5xx", async () => {
    const { app, request, last } = await setUp();
    app.on("/voice", inTurn({ status: 429 }));
    expect(await request("/voice#rc=2&rp=5xx")).toMatchObject({ ok: false });
    expect(last()?.attempts).toBe(1);
  });

  it("follow once if no server listens", async () => {
    const { request, last } = await setUp();
    const reply = await request(`http://127.0.0.1:${await closedPort()}/voice`);
    expect(reply).toMatchObject({ ok: false, failure: { code: 11205 } });
    expect(last()).toMatchObject({ attempts: 2, status: null, contentType: null, body: null });
  });

  it("do not follow if rc is 0", async () => {
    const { request, last } = await setUp();
    await request(`http://127.0.0.1:${await closedPort()}/voice#rc=0`);
    expect(last()?.attempts).toBe(1);
  });

  it("to a slow app stop at the total time-out", async () => {
    const { app, request, last } = await setUp();
    app.on("/voice", null);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const arrived = async (count: number): Promise<void> => {
      while (app.requests.length < count) await new Promise((resolve) => setImmediate(resolve));
    };
    const reply = request("/voice#rt=150&tt=250&rc=5&rp=rt");
    await arrived(1);
    await vi.advanceTimersByTimeAsync(150);
    await arrived(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(await reply).toMatchObject({ ok: false, failure: { code: 11200 } });
    expect(last()?.attempts).toBe(2);
    expect(app.requests).toHaveLength(2);
  });
});

describe("redirects", () => {
  it("lead to a GET without the posted fields", async () => {
    const { app, request } = await setUp();
    app.on("/voice", { status: 302, headers: { Location: "/moved?kept=1" } });
    app.on("/moved", "<Say>Here.</Say>");
    expect(await request("/voice")).toMatchObject({ ok: true, url: `${app.url}/moved?kept=1` });
    expect(app.to("/moved")).toMatchObject([{ method: "GET", isSigned: true, params: { kept: "1" } }]);
    expect(app.to("/moved")[0]?.params).not.toHaveProperty("CallSid");
  });
});

describe("an app", () => {
  it("gets its own cookies back during the call", async () => {
    const { app, request } = await setUp();
    const cookies = createCookieJar();
    app.on("/voice", { headers: { "Set-Cookie": "session=abc; Path=/; HttpOnly" } });
    await request("/voice", { cookies });
    await request("/voice", { cookies });
    expect(app.requests.map((r) => r.headers.cookie)).toEqual([undefined, "session=abc"]);
  });

  it("gets the credentials of the address after a challenge", async () => {
    const { app, request } = await setUp();
    const ask = { status: 401, headers: { "WWW-Authenticate": 'Basic realm="app"' } };
    app.on("/voice", ({ headers }) => (headers.authorization ? "<Say>In.</Say>" : ask));
    const reply = await request(app.url.replace("//", "//user:p%40ss@") + "/voice");
    expect(reply).toMatchObject({ ok: true });
    const sent = Buffer.from("user:p@ss").toString("base64");
    expect(app.requests.map((r) => r.headers.authorization)).toEqual([undefined, `Basic ${sent}`]);
    expect(app.requests.map((r) => r.isSigned)).toEqual([true, true]);
  });

  it("can read every field unchanged", async () => {
    const { app, request } = await setUp();
    const params = { CallerName: "山田 太郎 & Söhne <x>", From: "+1 555", Empty: "" };
    await request("/voice", { params });
    expect(app.requests[0]).toMatchObject({ params, isSigned: true });
  });
});

it("a webhook address must be a URL", async () => {
  const { request } = await setUp();
  expect(await request("ftp://example.com/voice")).toMatchObject({ ok: false, failure: { code: 11100 } });
});
