import { describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import type { AgentEntry, AgentsAnswer, SignInLinkAnswer } from "../../src/server/control-api.ts";
import { openPage, readyAgent, signIn } from "./support/browser.ts";
import { json, operatorOf, refusalOf } from "./support/operator.ts";
import { CUSTOMER, NUMBER, type TestServer, aServer, aServerWithTwilio } from "./support/start-server.ts";

const listed = async (server: TestServer): Promise<AgentEntry[]> =>
  (await json<AgentsAnswer>(operatorOf(server).get("/api/agents"))).agents;

const open = (link: string): Promise<Response> => fetch(link, { redirect: "manual" });

describe("the list of agents", () => {
  it("shows each agent's state and call", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const { page } = await readyAgent(server, "agent1");
    await readyAgent(server, "agent2");
    twilio.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
    const call = await twilio.people.add(CUSTOMER).call(NUMBER);
    await page.until(({ state }) => state === "in-call");
    expect(await listed(server)).toEqual([
      { id: "agent1", name: "Ann", state: "in-call", call },
      { id: "agent2", name: "Bob", state: "free", call: null },
      { id: "agent3", name: "Cleo", state: "signed-out", call: null },
    ]);
  });

  it("shows the agent whose page rings", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const { page } = await readyAgent(server, "agent1");
    twilio.people.add("client:agent1");
    const call = await twilio.people.add(CUSTOMER).call(NUMBER);
    await page.until(({ state }) => state === "ringing");
    expect((await listed(server))[0]).toEqual({ id: "agent1", name: "Ann", state: "ringing", call });
  });
});

describe("adding an agent", () => {
  it("puts the agent at the end of the list and on colleagues' pages at once; the agent can sign in", async () => {
    const server = await aServer();
    const colleague = await openPage(await signIn(server, "agent1"));
    const answer = await operatorOf(server).post("/api/agents", { id: "dora_2", name: " Dora  " });
    expect([answer.status, await answer.json()]).toEqual([
      201,
      { id: "dora_2", name: "Dora", state: "signed-out", call: null },
    ]);
    const { colleagues } = await colleague.until((view) => view.colleagues.length === 3);
    expect(colleagues.at(-1)).toEqual({ id: "dora_2", name: "Dora", state: "signed-out" });
    await readyAgent(server, "dora_2");
    await colleague.until((view) => view.colleagues.at(-1)?.state === "free");
  });

  it.each([
    ["agent4", "Agent 4"],
    ["anna_berg", "Anna Berg"],
    ["_", "_"],
    ["x".repeat(121), `X${"x".repeat(59)}`],
  ])("%s without a name is called %s", async (id, name) => {
    const server = await aServer();
    expect(await json(operatorOf(server).post("/api/agents", { id }))).toMatchObject({ id, name });
  });

  it("rings the new agent for a waiting call", async () => {
    const { server, twilio } = await aServerWithTwilio();
    await twilio.people.add(CUSTOMER).call(NUMBER);
    await operatorOf(server).post("/api/agents", { id: "dora" });
    const person = twilio.people.add("client:dora");
    await readyAgentAnyState(server, "dora");
    await person.until("ringing");
  });

  it.each([
    [{ id: "agent1" }, 409, "agent-exists"],
    [{ id: "agent one" }, 400, "usage"],
    [{ id: "" }, 400, "usage"],
    [{ id: "x".repeat(122) }, 400, "usage"],
    [{ id: "dörte" }, 400, "usage"],
    [{ id: "d", name: "" }, 400, "usage"],
    [{ id: "d", name: "   " }, 400, "usage"],
    [{ id: "d", name: "D\u0007ora" }, 400, "usage"],
    [{ id: "d", name: "Dora\nBerg" }, 400, "usage"],
    [{ id: "d", name: "D".repeat(61) }, 400, "usage"],
    [{ id: "d", role: "admin" }, 400, "usage"],
    [{}, 400, "usage"],
  ])("as %j is refused: %d %s", async (body, status, code) => {
    const server = await aServer();
    const before = await listed(server);
    const refusal = await refusalOf(operatorOf(server).post("/api/agents", body));
    expect(refusal).toEqual([status, code, expect.stringMatching(/\w/)]);
    expect(await listed(server)).toEqual(before);
  });

  it("may have a name of 60 characters of any script", async () => {
    const server = await aServer();
    const name = "😀".repeat(60);
    expect(await json(operatorOf(server).post("/api/agents", { id: "d", name }))).toMatchObject({ name });
  });
});

/** Signed in and ready, whatever follows from that at once. */
async function readyAgentAnyState(server: TestServer, agent: string): Promise<void> {
  await (await openPage(await signIn(server, agent))).setReady(true);
}

describe("a change of the agents", () => {
  it("is saved before it takes effect, and does not take effect when it cannot be saved", async () => {
    const saved: string[][] = [];
    const saveAgents = async (list: readonly { id: string }[]): Promise<void> => {
      if (list.some(({ id }) => id === "unlucky") || list.length < 3) throw new Error("the disk is full");
      saved.push(list.map(({ id }) => id));
    };
    const server = await aServer({}, { saveAgents });
    const operator = operatorOf(server);
    const { browser, page } = await readyAgent(server, "agent1");
    const answer = await operator.post("/api/agents", { id: "unlucky" });
    expect([answer.status, await answer.json()]).toEqual([
      500,
      {
        error: expect.objectContaining({
          message: "the disk is full",
          hint: "The server's log has the details.",
        }),
      },
    ]);
    expect((await operator.remove("/api/agents/agent1")).status).toBe(500);
    expect((await listed(server)).map(({ id }) => id)).toEqual(["agent1", "agent2", "agent3"]);
    expect((await browser.get("/api/me")).status).toBe(200);
    expect((await page.until(() => true)).state).toBe("free");
    expect(server.errors.map(({ message }) => message)).toEqual(["the disk is full", "the disk is full"]);
    expect((await operator.post("/api/agents", { id: "dora" })).status).toBe(201);
    expect(saved).toEqual([["agent1", "agent2", "agent3", "dora"]]);
  });
});

describe("a sign-in link for an agent", () => {
  it("signs in, and has an expiry time", async () => {
    const clock = manualClock();
    const server = await aServer({}, { clock });
    const { agent, link, expiresAt } = await json<SignInLinkAnswer>(
      operatorOf(server).post("/api/agents/agent1/link"),
    );
    expect(agent).toBe("agent1");
    expect(expiresAt - clock.now()).toBeGreaterThanOrEqual(12 * 3_600_000);
    expect(expiresAt - clock.now()).toBeLessThan(13 * 3_600_000);
    expect(expiresAt % 3_600_000).toBe(0);
    expect((await open(link)).status).toBe(303);
    await clock.advance(13 * 3_600_000);
    expect((await open(link)).status).toBe(401);
  });

  it("is refused for an unknown agent", async () => {
    const refusal = await refusalOf(operatorOf(await aServer()).post("/api/agents/nobody/link"));
    expect(refusal).toEqual([404, "no-such-agent", expect.stringContaining("agents list")]);
  });
});
