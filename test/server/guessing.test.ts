import { describe, expect, it } from "vitest";
import { readyAgent } from "./support/browser.ts";
import { operatorOf } from "./support/operator.ts";
import { type TestServer, aServer } from "./support/start-server.ts";

/** As a tunnel or proxy on this machine passes requests on: it says whose they are. */
const from = (ip: string) => ({ "X-Forwarded-For": ip });
const [GUESSER, OTHER] = ["203.0.113.1", "203.0.113.2"];

const guess = (server: TestServer, headers: Record<string, string>) =>
  operatorOf(server, "a-guess-at-the-token").get("/api/calls", headers);

async function guessOften(server: TestServer, headers: Record<string, string>): Promise<void> {
  for (let i = 0; i < 20; i++) expect((await guess(server, headers)).status).toBe(401);
}

describe("guessing the operator's token", () => {
  it("is slowed down at whatever address", async () => {
    const server = await aServer();
    const addresses = ["POST /api/calls/CA0/transfer", "POST /token/agent1", "POST /sign-out"];
    const guess = (ip: string, at = "GET /api/calls") => {
      const [method = "", path = ""] = at.split(" ");
      const headers = { Authorization: "Bearer guess", "X-Forwarded-For": ip };
      return fetch(server.url + path, { method, headers });
    };
    const everywhere = [...addresses, "POST /conference/agent2/call", "POST /Conference/CallAgent2"];
    for (let i = 0; i < 20; i++)
      expect((await guess("203.0.113.1", everywhere[i % everywhere.length])).status).toBe(401);
    for (const address of everywhere) expect((await guess("203.0.113.1", address)).status).toBe(429);
    expect((await guess("203.0.113.2")).status).toBe(401);
  });

  it("is slowed down for whoever guesses, through a tunnel too, and not for others", async () => {
    const server = await aServer();
    await guessOften(server, from(GUESSER));
    const refused = await guess(server, from(GUESSER));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: "too-many-tries" } });
    expect((await operatorOf(server).get("/api/calls", from(OTHER))).status).toBe(200);
    expect((await operatorOf(server).get("/api/calls")).status).toBe(200);
    // The right one is not looked at either: otherwise guessing would go on.
    expect((await operatorOf(server).get("/api/calls", from(GUESSER))).status).toBe(429);
  });

  it("is not helped by saying that one comes from somewhere else: what the proxy adds counts", async () => {
    const server = await aServer();
    for (let i = 0; i < 20; i++) await guess(server, from(`198.51.100.${i}, ${GUESSER}`));
    expect((await guess(server, from(`198.51.100.99, ${GUESSER}`))).status).toBe(429);
  });

  it("from this very machine, without a proxy, is slowed down as well", async () => {
    const server = await aServer();
    await guessOften(server, {});
    expect((await guess(server, {})).status).toBe(429);
  });

  it("keeps no agent at the same address from working", async () => {
    const server = await aServer();
    const { browser } = await readyAgent(server, "agent1");
    await guessOften(server, {});
    expect((await browser.get("/api/me")).status).toBe(200);
    expect((await browser.post("/api/ready", { ready: true })).status).toBe(204);
    expect((await browser.post("/token/agent1")).status).toBe(200);
  });

  it("does not count those who have the right one, however much they ask", async () => {
    const server = await aServer();
    for (let i = 0; i < 50; i++) expect((await operatorOf(server).get("/api/calls")).status).toBe(200);
  });
});

describe("commands", () => {
  it("of one operator are limited, and what is only looked at is not", async () => {
    const server = await aServer();
    const [mine, others] = [from(OTHER), from(GUESSER)];
    const statuses = new Set<number>();
    for (let i = 0; i < 130; i++)
      statuses.add((await operatorOf(server).post("/api/agents/nobody/link", undefined, mine)).status);
    expect(statuses).toEqual(new Set([404, 429]));
    expect((await operatorOf(server).get("/api/agents", mine)).status).toBe(200);
    expect((await operatorOf(server).post("/api/agents/agent1/link", undefined, others)).status).toBe(200);
  });
});
