import { describe, expect, it } from "vitest";
import { type TestServer, aServer } from "./support/start-server.ts";
import { CALL, inbound, webhook } from "./support/webhooks.ts";

const OTHER = `CA${"d".repeat(32)}`;

const rings = async (server: TestServer, CallSid: string): Promise<string> =>
  (await webhook(server, "/conference/connect/client", inbound(server, { CallSid }))).text();

const liveCalls = async (server: TestServer): Promise<string[]> => (await server.calls()).map(({ id }) => id);

describe("a server that refuses calls", () => {
  it("apologises to callers, and creates no record", async () => {
    const server = await aServer();
    server.refuseCalls();
    const answer = await rings(server, CALL);
    expect(answer).toContain("we cannot take new calls at the moment");
    expect(answer).toContain("<Hangup/>");
    expect(await liveCalls(server)).toEqual([]);
  });

  it("apologises in Japanese on a Japanese line", async () => {
    const server = await aServer({ language: "ja" });
    server.refuseCalls();
    expect(await rings(server, CALL)).toContain("ただいま新しいお電話をお受けできません");
  });

  it("continues a known call, also when its webhook comes twice", async () => {
    const server = await aServer();
    const before = await rings(server, CALL);
    server.refuseCalls();
    expect(await rings(server, CALL)).toBe(before);
    expect(before).toContain("<Conference");
    await rings(server, OTHER);
    expect(await liveCalls(server)).toEqual([CALL]);
  });

  it("accepts the callbacks of a call that it has refused", async () => {
    const server = await aServer();
    server.refuseCalls();
    await rings(server, CALL);
    const params = { AccountSid: server.config.accountSid, CallSid: CALL, CallStatus: "completed" };
    expect((await webhook(server, "/call/events", params)).status).toBe(204);
    expect(server.errors).toEqual([]);
  });
});
