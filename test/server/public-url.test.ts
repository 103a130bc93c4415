import { describe, expect, it } from "vitest";
import { createGate } from "../support/world/gate.ts";
import { readyAgent, signIn } from "./support/browser.ts";
import { type TestServer, CUSTOMER, NUMBER, aServer, aServerWithTwilio } from "./support/start-server.ts";
import { CALL, inbound, webhook } from "./support/webhooks.ts";

const FIRST = "https://first.example.com";
const SECOND = "https://second.example.com";

const rings = (server: TestServer): Promise<string> =>
  webhook(server, "/conference/connect/client", inbound(server)).then((answer) => answer.text());

const ended = (server: TestServer): Record<string, string> => ({
  AccountSid: server.config.accountSid,
  CallSid: CALL,
  CallStatus: "completed",
});

describe("a server whose public URL changes", () => {
  it("gives Twilio the new URL from then on", async () => {
    const server = await aServer({ publicUrl: FIRST });
    expect(await rings(server)).toContain(`waitUrl="${FIRST}/conference/wait#rc=`);
    server.setPublicUrl(SECOND);
    const answer = await rings(server);
    expect(answer).toContain(`waitUrl="${SECOND}/conference/wait#rc=`);
    expect(answer).not.toContain(FIRST);
    expect(server.url).toBe(SECOND);
  });

  it("still accepts a callback signed for the earlier URL", async () => {
    const server = await aServer({ publicUrl: FIRST });
    await rings(server);
    server.setPublicUrl(SECOND);
    const answer = await webhook(server, "/call/events", ended(server), { signedFor: FIRST });
    expect(answer.status).toBe(204);
    expect(await server.calls()).toEqual([]);
  });

  it("accepts signatures for its own addresses only", async () => {
    const server = await aServer();
    server.setPublicUrl(FIRST);
    const statusFor = async (signedFor: string): Promise<number> =>
      (await webhook(server, "/call/events", ended(server), { signedFor })).status;
    expect(await statusFor(server.localUrl)).toBe(204);
    expect(await statusFor(FIRST)).toBe(204);
    expect(await statusFor(SECOND)).toBe(403);
  });

  it("accepts signatures for its address with and without the port, which Twilio omits over HTTPS", async () => {
    const server = await aServer({ publicUrl: `${FIRST}:8443` });
    const statusFor = async (signedFor: string): Promise<number> =>
      (await webhook(server, "/call/events", ended(server), { signedFor })).status;
    expect(await statusFor(FIRST)).toBe(204);
    expect(await statusFor(`${FIRST}:8443`)).toBe(204);
    expect(await statusFor(`${FIRST}:9443`)).toBe(403);
    expect(await statusFor(SECOND)).toBe(403);
    expect(await rings(server)).toContain(`waitUrl="${FIRST}:8443/conference/wait#rc=`);
  });

  it("still accepts both URLs when the first one comes back", async () => {
    const server = await aServer({ publicUrl: FIRST });
    for (const url of [SECOND, FIRST]) server.setPublicUrl(url);
    const answers = [FIRST, SECOND].map((signedFor) =>
      webhook(server, "/call/events", ended(server), { signedFor }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([204, 204]);
    expect(await rings(server)).toContain(FIRST);
  });

  it("dials agents with the new URL, also for a call that began before", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const { page } = await readyAgent(server, "agent1");
    const agent = twilio.people.add("client:agent1");
    const customer = twilio.people.add(CUSTOMER);
    const tunnel = createGate();
    server.setPublicUrl(await tunnel.through(server.localUrl));
    await customer.call(NUMBER);
    await agent.until("ringing");
    agent.answer();
    await page.until(({ state }) => state === "in-call");
    const names = tunnel.seen.map(({ name }) => name);
    expect(names).toContainEqual(expect.stringMatching(/\/connect\/agent1-1$/));
    expect(names).toContain("POST /call/events");
  });

  it("creates links, cookies and headers for the new URL", async () => {
    const server = await aServer();
    const before = await fetch(await server.signInLink("agent1"), { redirect: "manual" });
    expect(before.headers.getSetCookie()[0]).not.toContain("Secure");
    expect(before.headers.get("strict-transport-security")).toBeNull();
    server.setPublicUrl(FIRST);
    const link = await server.signInLink("agent1");
    expect(link.startsWith(`${FIRST}/sign-in?t=`)).toBe(true);
    const after = await fetch(link.replace(FIRST, server.localUrl), { redirect: "manual" });
    expect(after.headers.getSetCookie()[0]).toMatch(/; Secure$/);
    expect(after.headers.get("strict-transport-security")).toContain("max-age");
  });

  it("accepts changes from pages at the new URL and on this machine, not at the previous one", async () => {
    const server = await aServer({ publicUrl: FIRST });
    server.setPublicUrl(SECOND);
    const { post } = await signIn(server, "agent1");
    const statusFrom = async (Origin: string): Promise<number> =>
      (await post("/api/calls/CA0/transfer", { to: "agent2" }, { Origin })).status;
    expect(await statusFrom(SECOND)).toBe(404);
    expect(await statusFrom(server.localUrl)).toBe(404);
    expect(await statusFrom(FIRST)).toBe(403);
  });

  it("refuses a URL that Twilio could not use", async () => {
    const server = await aServer();
    for (const wrong of ["http://calls.example.com", "https://my_calls.example.com", `${FIRST}/path`])
      expect(() => server.setPublicUrl(wrong)).toThrow(expect.objectContaining({ category: "config" }));
    expect(server.url).toBe(server.localUrl);
  });
});
