import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLog } from "../../../src/compose/log.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { answerLost, asks, refused, webPage } from "../../support/world/fates.ts";
import { createGate } from "../../support/world/gate.ts";
import { type World, startWorld } from "../../support/world/start-world.ts";

type Line = Record<string, string | number | undefined>;

const CUSTOMER = "+15550111111";
const GUESS = "a-guess-of-the-operator-token";

/** What somebody who signs in by hand gets to know: link, session and access token. */
async function signInByHand({ server }: World, agent: string) {
  const link = await server.signInLink(agent);
  const answer = await fetch(link, { redirect: "manual" });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const headers = { cookie, "X-Agent": agent, Origin: server.url };
  const post = (path: string) => fetch(server.url + path, { method: "POST", headers });
  const { token } = (await (await post(`/token/${agent}`)).json()) as { token: string };
  await post("/sign-out");
  return [new URL(link).searchParams.get("t") ?? "", cookie.split("=")[1] ?? "", token];
}

/** A story with every trouble that we know, told to a log that hears all. */
async function troubledStory() {
  const file = join(temporaryFolder(), "server.log");
  const log = await createLog({ destination: { file }, level: "debug" });
  const rest = createGate();
  const world = await startWorld(["agent1", "agent2"], { restThrough: rest.through, log });
  const signedIn = await signInByHand(world, "agent2");
  const agent1 = await world.agent("agent1");
  rest.stop(asks.dial("agent1"), webPage(502));
  const customer = await world.customerRings(CUSTOMER);
  await world.clock.advance(15_000);
  await agent1.answers();
  const agent2 = await world.agent("agent2");
  await agent1.transfersTo("agent2");
  await agent2.declines();
  rest.stop(asks.dial("agent2"), refused(401, 20003));
  await agent1.transfersTo("agent2");
  rest.stop(asks.dial("agent2"), answerLost);
  await agent1.transfersTo("agent2");
  await agent1.transfersTo("agent2");
  await agent2.answers();
  await agent1.hangsUp();
  const call = (await world.server.calls())[0]?.id;
  await fetch(`${world.server.url}/api/calls`, { headers: { Authorization: `Bearer ${GUESS}` } });
  await fetch(`${world.server.url}/conference/wait`, { method: "POST", body: new URLSearchParams() });
  await world.operator(`/api/calls/${call}/transfer/complete`, {});
  customer.hangUp();
  await world.settle();
  world.server.setPublicUrl("https://calls.example.com");
  world.server.refuseCalls();
  await world.server.close();
  await log.close();
  const text = readFileSync(file, "utf8");
  return { world, call, signedIn, text, lines: text.trim().split("\n") };
}

describe("the log of a story with troubles", () => {
  it("has no secret and no whole number in it", async () => {
    const { world, signedIn, text } = await troubledStory();
    const { authToken, apiKey, apiSecret } = world.emulator.credentials;
    const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString("base64");
    const secrets = [authToken, apiSecret, basic, world.operatorToken, GUESS, ...signedIn];
    secrets.push("session-secret-of-the-tests", "session-agent", "Bearer", "eyJ");
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(2);
      expect(text).not.toContain(secret);
    }
    for (const digits of [CUSTOMER.slice(1), "15550100000"]) expect(text).not.toContain(digits);
    expect(text).toContain('"from":"+155…11"');
  });

  it("logs each input and action with the call and the transfer", async () => {
    const { call, lines } = await troubledStory();
    const entries = lines.map((line) => JSON.parse(line) as Line);
    const some = (fields: Line) =>
      expect(entries).toContainEqual(expect.objectContaining({ level: "info", call, ...fields }));
    some({ msg: "input", input: "customer-called", outcome: "taken" });
    some({ msg: "action", action: "dial", leg: "agent1-1", outcome: "failed" });
    some({ msg: "input", input: "start-transfer", by: "agent1", to: "agent2", transfer: "1" });
    some({ msg: "input", input: "leg-ended", leg: "agent2-1", transfer: "1", reason: "declined" });
    some({ msg: "transfer ended", transfer: "1", outcome: "failed", reason: "declined" });
    some({ msg: "action", action: "dial", transfer: "2", leg: "agent2-2", outcome: "failed" });
    some({ msg: "transfer ended", transfer: "4", mode: "three-way", outcome: "completed", consultingMs: 0 });
    some({ msg: "input", input: "complete-transfer", by: "operator", outcome: "no-transfer" });
    some({ msg: "call ended", outcome: "customer" });
    for (const line of entries) expect(line).toEqual(expect.objectContaining({ time: expect.any(String) }));
  });

  it("logs webhooks, requests, and the states of the server and its agents", async () => {
    const { lines } = await troubledStory();
    const entries = lines.map((line) => JSON.parse(line) as Line);
    const some = (fields: Line) => expect(entries).toContainEqual(expect.objectContaining(fields));
    some({ level: "debug", msg: "webhook", route: "customer", status: 200, ms: expect.any(Number) as never });
    some({ level: "info", msg: "webhook", route: "wait", status: 403 });
    some({ level: "debug", msg: "request", operation: "POST Calls", code: "ok" });
    some({ level: "info", msg: "request", operation: "POST Calls", code: "http-502" });
    some({ level: "info", msg: "request", operation: "POST Calls", code: "20003" });
    some({ level: "warn", category: "auth", msg: expect.stringContaining("20003") as never });
    some({ msg: "agent", agent: "agent2", state: "free" });
    some({ msg: "server started", port: expect.any(Number) as never });
    some({ msg: "public URL changed", url: "https://calls.example.com" });
    some({ msg: "new calls are refused" });
    expect(entries.at(-1)).toMatchObject({ msg: "server stopped" });
  });
});
