import { decodeJwt } from "jose";
import { expect, describe, it } from "vitest";
import { manualClock } from "local-twilio";
import type { AgentsAnswer, CallsAnswer, TokenAnswer } from "../../src/server/control-api.ts";
import type { Config } from "../../src/config/config.ts";
import { createSessionStore } from "../../src/store/agents.ts";
import { memoryStores } from "../../src/store/stores.ts";
import { readyAgent, signIn } from "./support/browser.ts";
import { json, operatorOf, refusalOf } from "./support/operator.ts";
import { testConfig } from "../support/test-config.ts";
import { CUSTOMER, NUMBER, type TestServer, aServer, aServerWithTwilio } from "./support/start-server.ts";

const open = (link: string): Promise<Response> => fetch(link, { redirect: "manual" });

describe("a removed agent", () => {
  it("has at once no session, no page and no link, and is no target for colleagues", async () => {
    const server = await aServer();
    const [one, two] = [await readyAgent(server, "agent1"), await readyAgent(server, "agent2")];
    const link = await server.signInLink("agent2");
    const answer = await operatorOf(server).remove("/api/agents/agent2");
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    await expect(two.page.until(() => false)).rejects.toThrow("the stream has ended");
    expect(two.page.messages.at(-1)).toMatchObject({ event: "session-ended", data: { by: "operator" } });
    expect([(await two.browser.get("/api/me")).status, (await open(link)).status]).toEqual([401, 401]);
    expect((await two.browser.post("/token/agent2")).status).toBe(401);
    const view = await one.page.until(({ colleagues }) => colleagues.length === 1);
    expect(view.colleagues[0]?.id).toBe("agent3");
    const { agents } = await json<AgentsAnswer>(operatorOf(server).get("/api/agents"));
    expect(agents.map(({ id }) => id)).toEqual(["agent1", "agent3"]);
    await expect(server.signInLink("agent2")).rejects.toMatchObject({ category: "not-found" });
  });

  it("cannot sign in with links and sessions of the id's earlier holder", async () => {
    const clock = manualClock();
    const server = await aServer({}, { clock });
    const [link, { get }] = [await server.signInLink("agent2"), await signIn(server, "agent2")];
    await operatorOf(server).remove("/api/agents/agent2");
    await clock.advance(1);
    await operatorOf(server).post("/api/agents", { id: "agent2", name: "Dora" });
    expect([(await open(link)).status, (await get("/api/me")).status]).toEqual([401, 401]);
    expect((await open(await server.signInLink("agent2"))).status).toBe(303);
  });

  it("cannot sign in with an earlier link after a restart either", async () => {
    const clock = manualClock();
    const stores = { sessions: createSessionStore(undefined, () => clock.now()) };
    const before = await aServer({}, { clock, stores });
    const link = await before.signInLink("agent2");
    await operatorOf(before).remove("/api/agents/agent2");
    await clock.advance(1);
    const after = await aServer({}, { clock, stores });
    const openThere = (each: string): Promise<Response> =>
      open(each.replace(new URL(each).origin, after.url));
    expect((await openThere(link)).status).toBe(401);
    expect((await openThere(await after.signInLink("agent2"))).status).toBe(303);
  });

  it("does not ring by an earlier access token, because the id has another identity, also after a restart", async () => {
    const stores = memoryStores({ now: Date.now });
    const { server, twilio } = await aServerWithTwilio({}, {}, { stores });
    const identity = async (at: TestServer): Promise<string> => {
      const token = await json<TokenAnswer>((await signIn(at, "agent2")).post("/token/agent2"));
      return (decodeJwt(token.token).grants as { identity: string }).identity;
    };
    expect(await identity(server)).toBe("agent2");
    await operatorOf(server).remove("/api/agents/agent2");
    await operatorOf(server).post("/api/agents", { id: "agent2", name: "Dora" });
    const renewed = await identity(server);
    expect(renewed).toMatch(/^agent2_[0-9a-f]{8}$/);
    const [former, dora] = ["client:agent2", `client:${renewed}`].map((address) =>
      twilio.people.add(address),
    );
    await readyAgent(server, "agent2");
    await twilio.people.add(CUSTOMER).call(NUMBER);
    await server.idle();
    await twilio.settled();
    expect([former?.state, dora?.state]).toEqual(["idle", "ringing"]);
    await server.close();
    expect(await identity(await aServer({}, { stores }))).toBe(renewed);
  });

  it("stays on the list until a ringing call is over", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const operator = operatorOf(server);
    const { page } = await readyAgent(server, "agent1");
    const ann = twilio.people.add("client:agent1");
    const customer = twilio.people.add(CUSTOMER);
    await customer.call(NUMBER);
    await page.until(({ state }) => state === "ringing");
    const inCall = [409, "agent-in-call", expect.stringContaining("participants remove")];
    expect(await refusalOf(operator.remove("/api/agents/agent1"))).toEqual(inCall);
    ann.answer();
    await page.until(({ state }) => state === "in-call");
    expect(await refusalOf(operator.remove("/api/agents/agent1"))).toEqual(inCall);
    customer.hangUp();
    await page.until(({ state }) => state === "free");
    expect((await operator.remove("/api/agents/agent1")).status).toBe(204);
  });

  it("keeps the name in the stories of earlier calls", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const operator = operatorOf(server);
    const { page } = await readyAgent(server, "agent1");
    twilio.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
    const customer = twilio.people.add(CUSTOMER);
    const call = await customer.call(NUMBER);
    await page.until(({ state }) => state === "in-call");
    customer.hangUp();
    await page.until(({ state }) => state === "free");
    await operator.remove("/api/agents/agent1");
    expect(await json(operator.get(`/api/calls/${call}`))).toMatchObject({
      state: "ended",
      story: expect.arrayContaining([expect.objectContaining({ event: "agent-joined", agentName: "Ann" })]),
    });
  });

  it("from the configured list has no session after the next start, nor when the id is on the list again", async () => {
    const stores = { sessions: createSessionStore() };
    const before = await signIn(await aServer({}, { stores }), "agent3");
    const ask = async (agents: Config["agents"]) => {
      const server = await aServer({ agents }, { stores });
      return (await fetch(`${server.url}/api/me`, { headers: { cookie: before.cookie } })).status;
    };
    const { agents } = testConfig();
    expect([await ask(agents), await ask(agents.slice(0, 2)), await ask(agents)]).toEqual([200, 401, 401]);
  });

  it("of an unknown id is a 404 with a hint", async () => {
    const refusal = await refusalOf(operatorOf(await aServer()).remove("/api/agents/nobody"));
    expect(refusal).toEqual([404, "no-such-agent", expect.stringContaining("agents list")]);
  });

  it("keeps a call that rings during the removal", async () => {
    let saving: () => void = () => {};
    const isSaving = new Promise<void>((resolve) => (saving = resolve));
    let save: () => void = () => {};
    const saveAgents = (): Promise<void> => {
      saving();
      return new Promise((resolve) => (save = resolve));
    };
    const { server, twilio } = await aServerWithTwilio({}, {}, { saveAgents });
    const { page } = await readyAgent(server, "agent1");
    const other = await readyAgent(server, "agent2");
    twilio.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
    const removed = operatorOf(server).remove("/api/agents/agent1");
    await isSaving;
    const customer = twilio.people.add(CUSTOMER);
    await customer.call(NUMBER);
    await page.until(({ state }) => state === "in-call");
    save();
    expect((await removed).status).toBe(204);
    const operator = operatorOf(server);
    const live = async () => (await json<CallsAnswer>(operator.get("/api/calls"))).calls;
    const [call] = await live();
    expect(call?.state).toBe("talking");
    twilio.people.add("client:agent2", { habit: { kind: "answers", afterMs: 0 } });
    expect((await operator.post(`/api/calls/${call?.id}/transfer`, { to: "agent2" })).status).toBe(200);
    await other.page.until(({ state }) => state === "in-call");
    customer.hangUp();
    await other.page.until(({ state }) => state === "free");
    expect(await live()).toEqual([]);
    expect(server.errors).toEqual([]);
  });
});
