import { describe, expect, it } from "vitest";
import type { ServerInfo } from "../../src/server/control-api.ts";
import { createSignatureWatch } from "../../src/server/webhooks/webhooks.ts";
import { OPERATOR, type TestServer, aServer } from "./support/start-server.ts";
import { inbound, sign, webhook } from "./support/webhooks.ts";

const CONNECT = "/conference/connect/client";
const SECONDARY = "the-secondary-auth-token";

/** A webhook as Twilio sends it after a rotation to another token. @returns the status */
async function signedBy(token: string, server: TestServer): Promise<number> {
  const fields = inbound(server);
  const headers = { "X-Twilio-Signature": sign(token, server.url + CONNECT, fields) };
  return (await webhook(server, CONNECT, fields, { headers })).status;
}

async function suspicionOf(server: TestServer): Promise<ServerInfo["refusedSignatures"]> {
  const headers = { authorization: `Bearer ${OPERATOR}` };
  const answer = await fetch(`${server.localUrl}/api/server`, { headers });
  return ((await answer.json()) as ServerInfo).refusedSignatures;
}

describe("a rotation of the auth token", () => {
  it("needs no gap: both tokens sign", async () => {
    const server = await aServer({ authTokenSecondary: SECONDARY });
    expect(await signedBy(server.config.authToken, server)).toBe(200);
    expect(await signedBy(SECONDARY, server)).toBe(200);
    expect(await signedBy("a-third-token", server)).toBe(403);
  });

  it("accepts nothing signed with an empty key when there is no secondary token", async () => {
    const server = await aServer({ authTokenSecondary: "" });
    expect(await signedBy("", server)).toBe(403);
  });

  it("is suspected after the third wrong signature in a minute, until a right one comes", async () => {
    const server = await aServer();
    for (const expected of [0, 0, 1]) {
      expect(await signedBy("the-new-token", server)).toBe(403);
      expect(server.errors).toHaveLength(expected);
    }
    expect(server.errors[0]).toMatchObject({
      category: "auth",
      message: expect.stringContaining("none of our auth tokens signed them"),
      hint: expect.stringContaining("TWILIO_AUTH_TOKEN"),
    });
    expect(await suspicionOf(server)).toMatchObject({ count: 3 });
    expect(await signedBy(server.config.authToken, server)).toBe(200);
    expect(await suspicionOf(server)).toBeNull();
  });

  it.each([
    ["no signature", () => ({ headers: { "X-Twilio-Signature": "" } })],
    ["a signature of another form", () => ({ headers: { "X-Twilio-Signature": "wrong" } })],
  ])("is not suspected for requests with %s", async (_, change) => {
    const server = await aServer();
    for (let count = 0; count < 5; count += 1)
      expect((await webhook(server, CONNECT, inbound(server), change())).status).toBe(403);
    expect([server.errors, await suspicionOf(server)]).toEqual([[], null]);
  });

  it("is not suspected for another account's requests", async () => {
    const server = await aServer();
    for (let count = 0; count < 5; count += 1)
      await webhook(server, CONNECT, inbound(server, { AccountSid: `AC${"9".repeat(32)}` }));
    expect([server.errors, await suspicionOf(server)]).toEqual([[], null]);
  });
});

describe("the watch over signatures", () => {
  const ACCOUNT = `AC${"1".repeat(32)}`;
  const wrong = { path: CONNECT, signature: `${"a".repeat(27)}=`, fields: { AccountSid: ACCOUNT } };

  function aWatch() {
    const time = { ms: 0 };
    const clock = { now: () => time.ms, date: () => 5_000_000 + time.ms };
    const errors: unknown[] = [];
    const watch = createSignatureWatch(ACCOUNT, { clock, onError: (error) => void errors.push(error) });
    const refuseAt = (...times: number[]): void =>
      times.forEach((ms) => {
        time.ms = ms;
        watch.refused(wrong);
      });
    return { watch, errors, refuseAt };
  }

  it("suspects nothing of three in more than a minute", () => {
    const { watch, errors, refuseAt } = aWatch();
    refuseAt(0, 30_000, 60_000, 90_000);
    expect([errors, watch.suspicion()]).toEqual([[], null]);
  });

  it("reports once in ten minutes, and counts all the time", () => {
    const { watch, errors, refuseAt } = aWatch();
    refuseAt(0, 1000, 2000, 3000, 4000, 599_000, 600_000, 601_000);
    expect(errors).toHaveLength(1);
    refuseAt(602_001, 602_002);
    expect(errors).toHaveLength(2);
    expect(watch.suspicion()).toEqual({ count: 10, lastAt: 5_602_002 });
  });

  it("reports a prober of a busy server once in ten minutes, though right signatures come between", () => {
    const { watch, errors, refuseAt } = aWatch();
    for (const round of [0, 1000, 2000]) {
      refuseAt(round, round + 1, round + 2);
      watch.accepted({ ...wrong, fields: { AccountSid: ACCOUNT, CallSid: `CA${"1".repeat(32)}` } });
      expect(watch.suspicion()).toBeNull();
    }
    expect(errors).toHaveLength(1);
  });

  it("keeps a suspicion when doctor's own signed request comes", () => {
    const { watch, refuseAt } = aWatch();
    refuseAt(0, 1, 2);
    watch.accepted({ ...wrong, fields: { AccountSid: ACCOUNT, CallSid: `CA${"0".repeat(32)}` } });
    expect(watch.suspicion()).not.toBeNull();
  });
});
