import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Twilio, startTwilio } from "./support/twilio.ts";

let twilio: Twilio;
beforeEach(async () => {
  twilio = await startTwilio();
});
afterEach(() => twilio.close());

describe("the REST API accepts", () => {
  it("the account with its auth token, and the API key with its secret", async () => {
    const { apiKey, apiSecret } = twilio.emulator.credentials;
    expect((await twilio.ask("GET", "/Calls.json")).status).toBe(200);
    expect((await twilio.ask("GET", "/Calls.json", { credentials: [apiKey, apiSecret] })).status).toBe(200);
  });

  it.each([
    ["a client without credentials", null],
    ["a wrong token", ["account", "wrong"]],
    ["the key with the token", ["key", "token"]],
  ] as const)("not %s, which gets 401 with Twilio's body", async (_, who) => {
    const { accountSid, apiKey, authToken } = twilio.emulator.credentials;
    const meant: Record<string, string> = { account: accountSid, key: apiKey, token: authToken };
    const [user = "", password = ""] = (who ?? []).map((word) => meant[word] ?? word);
    const credentials: [string, string] | null = who && [user, password];
    const reply = await twilio.ask("GET", "/Calls.json", { credentials });
    expect(reply.status).toBe(401);
    expect(reply.body).toEqual({
      code: 20003,
      message: "Authenticate",
      more_info: "https://www.twilio.com/docs/errors/20003",
      status: 401,
    });
    expect(reply.headers["www-authenticate"]).toMatch(/^Basic/);
  });

  it("a Standard API key, but not for reading the account", async () => {
    const { apiKey, apiSecret } = twilio.emulator.credentials;
    const reply = await twilio.ask("GET", `${twilio.base}.json`, { credentials: [apiKey, apiSecret] });
    expect([reply.status, reply.body.code]).toEqual([401, 20003]);
    expect((await twilio.ask("GET", `${twilio.base}.json`)).body.status).toBe("active");
  });

  it("no request for another account", async () => {
    const reply = await twilio.ask("GET", `/2010-04-01/Accounts/AC${"0".repeat(32)}/Calls.json`);
    expect([reply.status, reply.body.code]).toEqual([404, 20404]);
  });
});

describe("the REST API answers under the name", () => {
  it.each(["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example"])(
    "not %s: a page that rebinds its name gets 403",
    async (host) => {
      const reply = await twilio.ask("GET", "/Calls.json", { host });
      expect(reply.status).toBe(403);
      expect(reply.body.message).toContain("127.0.0.1");
    },
  );

  it.each(["localhost", "localhost:4010", "127.0.0.1", "[::1]:4010"])("%s", async (host) => {
    expect((await twilio.ask("GET", "/Calls.json", { host })).status).toBe(200);
  });
});

it("the REST API sends Twilio's headers", async () => {
  const { headers } = await twilio.ask("GET", "/Calls.json");
  expect(headers["twilio-request-id"]).toMatch(/^RQ[0-9a-f]{32}$/);
  expect(headers["twilio-request-duration"]).toMatch(/^\d+\.\d{3}$/);
  expect(headers["twilio-concurrent-requests"]).toBe("1");
  expect(headers["x-home-region"]).toBe("us1");
  expect(headers["content-type"]).toBe("application/json;charset=utf-8");
});
