import { once } from "node:events";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { readyAgent, signIn } from "./support/browser.ts";
import { operatorOf } from "./support/operator.ts";
import { OPERATOR, type TestServer, aServer } from "./support/start-server.ts";

type Headers = Record<string, string>;

/** As a tunnel or proxy on this machine passes requests on: it names the sender. */
const from = (ip: string): Headers => ({ "X-Forwarded-For": ip });
const [GUESSER, OTHER] = ["203.0.113.1", "203.0.113.2"];
const TRUSTING = { trustedProxies: ["loopback"] };

const guess = (server: TestServer, headers: Headers) =>
  operatorOf(server, "a-guess-at-the-token").get("/api/calls", headers);
const ask = async (server: TestServer, headers?: Headers) =>
  (await operatorOf(server).get("/api/calls", headers)).status;

async function guessOften(server: TestServer, headers: Headers): Promise<void> {
  for (let i = 0; i < 20; i++) expect((await guess(server, headers)).status).toBe(401);
}

/** With any Host header, as a tunnel that adds no header of its own. */
async function askAt(server: TestServer, token: string, headers: Headers): Promise<number | undefined> {
  const Authorization = `Bearer ${token}`;
  const request = httpRequest(`${server.localUrl}/api/calls`, {
    headers: { Authorization, ...headers },
    agent: false,
  });
  const [answer] = (await once(request.end(), "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

describe("guessing the operator's token", () => {
  it("is limited on every route", async () => {
    const server = await aServer(TRUSTING);
    const addresses = ["POST /api/calls/CA0/transfer", "POST /token/agent1", "POST /sign-out"];
    const guessAt = (ip: string, at = "GET /api/calls") => {
      const [method = "", path = ""] = at.split(" ");
      const headers = { Authorization: "Bearer guess", "X-Forwarded-For": ip };
      return fetch(server.url + path, { method, headers });
    };
    const everywhere = [...addresses, "POST /conference/agent2/call", "POST /Conference/CallAgent2"];
    for (let i = 0; i < 20; i++)
      expect((await guessAt(GUESSER, everywhere[i % everywhere.length])).status).toBe(401);
    for (const address of everywhere) expect((await guessAt(GUESSER, address)).status).toBe(429);
    expect((await guessAt(OTHER)).status).toBe(401);
  });

  it("behind a trusted proxy is limited for the guesser alone, whose right token the server then refuses, too", async () => {
    const server = await aServer(TRUSTING);
    await guessOften(server, from(GUESSER));
    const refused = await guess(server, from(GUESSER));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: "too-many-tries" } });
    expect([await ask(server, from(OTHER)), await ask(server), await ask(server, from(GUESSER))]).toEqual([
      200, 200, 429,
    ]);
  });

  it("behind a trusted proxy gains nothing from a false address: the proxy's own entry counts", async () => {
    const server = await aServer(TRUSTING);
    for (let i = 0; i < 20; i++) await guess(server, from(`198.51.100.${i}, ${GUESSER}`));
    expect((await guess(server, from(`198.51.100.99, ${GUESSER}`))).status).toBe(429);
  });

  it("behind any other proxy gains nothing from forged addresses in any header", async () => {
    const server = await aServer();
    const names = ["X-Forwarded-For", "CF-Connecting-IP", "X-Real-IP", "Forwarded", "True-Client-IP"];
    const claim = (n: number): Headers => ({ [names[n % names.length] ?? ""]: `198.51.100.${n}` });
    for (let n = 0; n < 20; n++) expect((await guess(server, claim(n))).status).toBe(401);
    for (let n = 20; n < 30; n++) expect((await guess(server, claim(n))).status).toBe(429);
    expect(await ask(server, from("198.51.100.77"))).toBe(429);
  });

  it("by strangers locks out neither a known operator's address nor this machine", async () => {
    const server = await aServer();
    expect(await ask(server, from(OTHER))).toBe(200);
    await guessOften(server, from(GUESSER));
    expect((await guess(server, from(GUESSER))).status).toBe(429);
    expect([await ask(server, from(OTHER)), await ask(server)]).toEqual([200, 200]);
    // Whoever claims the operator's address has 20 guesses more.
    await guessOften(server, from(OTHER));
    expect((await guess(server, from(OTHER))).status).toBe(429);
    expect(await ask(server)).toBe(200);
  });

  it("through a tunnel that adds no header and keeps the public host does not count as local", async () => {
    const server = await aServer();
    const tunnelled = { Host: "calls.example.com" };
    for (let i = 0; i < 20; i++) expect(await askAt(server, "a-guess-at-the-token", tunnelled)).toBe(401);
    expect(await askAt(server, OPERATOR, tunnelled)).toBe(429);
    expect(await ask(server)).toBe(200);
  });

  it("on this machine is limited, and never locks out the right token", async () => {
    const server = await aServer();
    await guessOften(server, {});
    for (let i = 0; i < 5; i++)
      expect([(await guess(server, {})).status, await ask(server)]).toEqual([429, 200]);
  });

  it("does not affect agents at the same address", async () => {
    const server = await aServer();
    const { browser } = await readyAgent(server, "agent1");
    await guessOften(server, {});
    expect((await browser.get("/api/me")).status).toBe(200);
    expect((await browser.post("/token/agent1")).status).toBe(200);
  });

  it("does not count requests with the right token, however many", async () => {
    const server = await aServer();
    for (let i = 0; i < 50; i++)
      expect([await ask(server), await ask(server, from(OTHER))]).toEqual([200, 200]);
  });
});

describe("wrong sign-in links", () => {
  it("are limited, but a valid link still signs in", async () => {
    const server = await aServer();
    const open = async (t: string, headers: Headers) =>
      (await fetch(`${server.url}/sign-in?t=${t}`, { headers, redirect: "manual" })).status;
    const statuses: number[] = [];
    for (let n = 0; n < 25; n++) statuses.push(await open("wrong", from(`198.51.100.${n}`)));
    expect(statuses).toEqual([...Array<number>(20).fill(401), ...Array<number>(5).fill(429)]);
    const right = new URL(await server.signInLink("agent1")).searchParams.get("t") ?? "";
    expect(await open(right, from(GUESSER))).toBe(303);
  });
});

describe("commands", () => {
  it("of one operator are limited, but reads are not", async () => {
    const server = await aServer();
    const [mine, others] = [from(OTHER), from(GUESSER)];
    const statuses = new Set<number>();
    for (let i = 0; i < 130; i++)
      statuses.add((await operatorOf(server).post("/api/agents/nobody/link", undefined, mine)).status);
    expect(statuses).toEqual(new Set([404, 429]));
    expect((await operatorOf(server).get("/api/agents", mine)).status).toBe(200);
    expect((await operatorOf(server).post("/api/agents/agent1/link", undefined, others)).status).toBe(200);
  });

  it("of one agent share one limit across all kinds", async () => {
    const server = await aServer();
    const { post } = await signIn(server, "agent1");
    const commands = ["/api/calls/CA0/transfer", "/token/agent1", "/conference/agent2/call"];
    const send = async (_: unknown, n: number) =>
      (await post(commands[n % 3] ?? "", { to: "agent2" })).status;
    expect(await Promise.all(Array.from({ length: 120 }, send))).not.toContain(429);
    expect(await Promise.all(Array.from({ length: 3 }, send))).toEqual([429, 429, 429]);
  });
});
