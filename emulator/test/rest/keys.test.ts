import twilio from "twilio";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkToken } from "../../src/signalling/token.ts";
import { NUMBER, type Twilio, startTwilio } from "./support/twilio.ts";

let local: Twilio;
beforeEach(async () => {
  local = await startTwilio();
});
afterEach(() => local.close());

async function newKey(name = "a key"): Promise<{ sid: string; secret: string }> {
  const { status, body } = await local.ask("POST", "/Keys.json", { form: { FriendlyName: name } });
  expect(status).toBe(201);
  return body as unknown as { sid: string; secret: string };
}

describe("an API key", () => {
  it("shows its secret at its creation, and never again", async () => {
    const { sid, secret } = await newKey();
    expect([sid, secret]).toEqual([
      expect.stringMatching(/^SK[0-9a-f]{32}$/),
      expect.stringMatching(/^\w{32}$/),
    ]);
    const answers = [await local.ask("GET", `/Keys/${sid}.json`), await local.ask("GET", "/Keys.json")];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(JSON.stringify(answers)).not.toContain(secret);
    const form = { To: "client:a", From: NUMBER, Url: `http://127.0.0.1:9/?told=${secret}` };
    expect((await local.ask("POST", "/Calls.json", { form })).status).toBe(201);
    await local.clock.advance(1000);
    const inspected = await fetch(`${local.emulator.url}/inspector.json`);
    expect(await inspected.text()).not.toContain(secret);
  });

  it("authenticates requests until it is deleted", async () => {
    const { sid, secret } = await newKey();
    const list = () => local.ask("GET", "/Calls.json", { credentials: [sid, secret] });
    expect((await list()).status).toBe(200);
    expect((await local.ask("DELETE", `/Keys/${sid}.json`)).status).toBe(204);
    expect((await list()).status).toBe(401);
    expect((await local.ask("GET", `/Keys/${sid}.json`)).body.code).toBe(20404);
  });

  it.each([
    ["GET", ".json"],
    ["GET", "/Keys.json"],
    ["POST", "/Keys.json"],
    ["GET", "/Keys/KEY.json"],
    ["DELETE", "/Keys/KEY.json"],
  ])("has no access to the account and its keys: %s %s", async (method, path) => {
    const { apiKey, apiSecret } = local.emulator.credentials;
    const whole = local.base + path.replace("KEY", apiKey);
    const { status, body } = await local.ask(method, whole, { credentials: [apiKey, apiSecret] });
    expect([status, body.code]).toEqual([401, 20003]);
  });

  it("signs access tokens that browsers can use, until it is deleted", async () => {
    const { sid, secret } = await newKey();
    const { accountSid } = local.emulator.credentials;
    const { AccessToken } = twilio.jwt;
    const token = new AccessToken(accountSid, sid, secret, { identity: "agent1", ttl: 600 });
    token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true }));
    const { keys } = local.emulator.engine.world;
    const issuers = { accountSid, secretOf: (key: string) => keys.get(key)?.secret };
    const check = () => checkToken(token.toJwt(), issuers, { nowMs: Date.now(), edge: "ashburn" });
    expect(await check()).toHaveProperty("session.identity", "agent1");
    await local.ask("DELETE", `/Keys/${sid}.json`);
    expect(await check()).toHaveProperty("error.message", expect.stringContaining("not an API key"));
  });

  it("is listed, newest first, with the emulator's own", async () => {
    const { sid } = await newKey();
    const { body } = await local.ask("GET", "/Keys.json");
    expect((body.keys as { sid: string }[]).map((key) => key.sid)).toEqual([
      sid,
      local.emulator.credentials.apiKey,
    ]);
  });

  it.each([
    ["/Keys/nonsense.json", 400, 70002],
    [`/Keys/SK${"0".repeat(32)}.json`, 404, 20404],
  ])("is not at %s", async (path, status, code) => {
    const answer = await local.ask("GET", path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("has a name of 64 characters at most", async () => {
    const { status } = await local.ask("POST", "/Keys.json", { form: { FriendlyName: "a".repeat(65) } });
    expect(status).toBe(400);
  });
});
