import { beforeEach, describe, expect, it } from "vitest";
import type { Emulator, Person } from "local-twilio";
import type { CallView, CallsAnswer, ErrorAnswer } from "../../src/server/control-api.ts";
import { readyAgent } from "./support/browser.ts";
import { CUSTOMER, NUMBER, OPERATOR, type TestServer, aServerWithTwilio } from "./support/start-server.ts";

let server: TestServer;
let twilio: Emulator;
let one: Awaited<ReturnType<typeof readyAgent>>;
let two: Awaited<ReturnType<typeof readyAgent>>;
let bob: Person;
let call: string;

/** The customer talks to agent1; agent2 is free and lets it ring; agent3 is signed out. */
beforeEach(async () => {
  ({ server, twilio } = await aServerWithTwilio());
  [one, two] = [await readyAgent(server, "agent1"), await readyAgent(server, "agent2")];
  twilio.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
  bob = twilio.people.add("client:agent2");
  call = await twilio.people.add(CUSTOMER).call(NUMBER);
  await one.page.until((view) => view.state === "in-call");
});

const operator = (path: string, body?: unknown): Promise<Response> =>
  fetch(server.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { Authorization: `Bearer ${OPERATOR}`, "Content-Type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });

async function refusal(response: Promise<Response>): Promise<[number, string]> {
  const answer = await response;
  return [answer.status, ((await answer.json()) as ErrorAnswer).error.code];
}

const dials = (agent: string): number =>
  [...twilio.engine.world.calls.values()].filter(({ to }) => to === `client:${agent}`).length;

describe("a transfer", () => {
  const path = () => `/api/calls/${call}/transfer`;

  it("dials once, however often the button is clicked", async () => {
    const clicks = await Promise.all([1, 2, 3].map(() => one.browser.post(path(), { to: "agent2" })));
    const views = await Promise.all(clicks.map(async (click) => (await click.json()) as CallView));
    expect(views.map(({ transfer }) => transfer?.id)).toEqual(["1", "1", "1"]);
    await server.idle();
    expect(dials("agent2")).toBe(1);
  });

  it("appears for both agents, with the caller's number and the sender", async () => {
    await one.browser.post(path(), { to: "agent2", mode: "three-way" });
    const view = await two.page.until(({ state }) => state === "ringing");
    expect(view.call).toMatchObject({ id: call, customerNumber: CUSTOMER, state: "transferring" });
    expect(view.call?.transfer).toMatchObject({
      fromName: "Ann",
      toName: "Bob",
      phase: "ringing",
      outcome: null,
    });
    expect(view.label).toBe("agent2-1");
    await bob.until("ringing");
    bob.decline();
    const after = await one.page.until(({ call }) => call?.transfer?.outcome === "failed");
    expect(after.call?.transfer?.reason).toBe("declined");
    expect((await two.page.until(({ state }) => state === "free")).call).toBeNull();
  });

  it("can be cancelled, without a body, and not cancelled again", async () => {
    await one.browser.post(path(), { to: "agent2" });
    const { cookie } = one.browser;
    const answer = await fetch(`${server.url}${path()}/cancel`, { method: "POST", headers: { cookie } });
    expect(((await answer.json()) as CallView).transfer?.outcome).toBe("cancelled");
    expect(await refusal(one.browser.post(`${path()}/cancel`))).toEqual([409, "no-transfer"]);
  });

  it.each([
    [{ to: "agent1" }, 409, "target-is-self"],
    [{ to: "nobody" }, 404, "target-unknown"],
    [{ to: "agent3" }, 409, "target-signed-out"],
    [{}, 400, "usage"],
    [{ to: 7 }, 400, "usage"],
    [{ to: "agent2", mode: "telepathy" }, 400, "usage"],
    [{ to: "agent2", by: "agent2" }, 400, "usage"],
    [{ to: "+15550100001" }, 400, "usage"],
    [["agent2"], 400, "usage"],
  ])("%j is refused: %d %s", async (body, status, code) => {
    expect(await refusal(one.browser.post(path(), body))).toEqual([status, code]);
    expect(dials("agent2")).toBe(0);
  });

  it("cannot be completed before the target has joined", async () => {
    await one.browser.post(path(), { to: "agent2" });
    expect(await refusal(one.browser.post(`${path()}/complete`))).toEqual([409, "target-not-joined"]);
  });

  it("of another agent's call is refused", async () => {
    expect(await refusal(two.browser.post(path(), { to: "agent3" }))).toEqual([403, "forbidden"]);
  });

  it("acts for the agent whose page sends it when two share a browser", async () => {
    const cookie = `${one.browser.cookie}; ${two.browser.cookie}`;
    const ask = (agent: Record<string, string>) =>
      fetch(server.url + path(), {
        method: "POST",
        headers: { cookie, "Content-Type": "application/json", ...agent },
        body: '{"to":"agent2"}',
      });
    expect(await refusal(ask({ "X-Agent": "agent2" }))).toEqual([403, "forbidden"]);
    expect(await refusal(ask({}))).toEqual([401, "not-signed-in"]);
    const started = (await (await ask({ "X-Agent": "agent1" })).json()) as CallView;
    expect(started.transfer).toMatchObject({ from: "agent1", to: "agent2" });
  });

  it("of an ended call is refused", async () => {
    await one.browser.post(`/api/calls/${call}/end`);
    await one.page.until((view) => view.call?.state === "ended");
    expect(await refusal(one.browser.post(path(), { to: "agent2" }))).toEqual([409, "call-ended"]);
  });

  it("can be started by an operator", async () => {
    const answer = await operator(path(), { to: "agent2" });
    expect(((await answer.json()) as CallView).transfer).toMatchObject({ to: "agent2", phase: "ringing" });
  });

  it.each([
    ["the target's address", "/conference/agent2/call"],
    ["the agent's own, as the tutorial's page does", "/conference/agent1/call"],
    ["the C# edition's address", "/Conference/CallAgent2"],
  ])("can be started at %s", async (_name, address) => {
    const answer = await one.browser.post(address);
    expect(((await answer.json()) as CallView).transfer).toMatchObject({ from: "agent1", to: "agent2" });
  });

  it("is rate-limited after a thousand requests", async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 130; i++) statuses.add((await one.browser.post(path(), { to: "agent1" })).status);
    expect(statuses).toEqual(new Set([409, 429]));
  });
});

describe("a call", () => {
  it("is listed for the operator, with its participants", async () => {
    const { calls } = (await (await operator("/api/calls")).json()) as CallsAnswer;
    expect(calls.map(({ id, state, legs }) => [id, state, legs.map(({ name }) => name)])).toEqual([
      [call, "talking", [CUSTOMER, "Ann"]],
    ]);
  });

  it("is visible to its own agent only", async () => {
    expect((await one.browser.get(`/api/calls/${call}`)).status).toBe(200);
    expect((await two.browser.get(`/api/calls/${call}`)).status).toBe(403);
  });

  it("is ended by an operator, and its story stays on the agent's page", async () => {
    expect((await operator(`/api/calls/${call}/end`, {})).status).toBe(200);
    const view = await one.page.until((view) => view.call?.state === "ended" && view.state === "free");
    expect(view.call?.story.map(({ event, agentName }) => [event, agentName])).toContainEqual([
      "agent-joined",
      "Ann",
    ]);
  });
});

describe("a request's body", () => {
  const send = (body: string, type: string) =>
    fetch(`${server.url}/api/calls/${call}/transfer`, {
      method: "POST",
      headers: { Authorization: `Bearer ${OPERATOR}`, "Content-Type": type },
      body,
    });

  it.each([
    ["that is no JSON", '{"to":', "application/json", 400],
    ["that is a form", "to=agent2", "application/x-www-form-urlencoded", 415],
    ["without a known type", "to", "text/plain", 415],
    ["of 20 kB", JSON.stringify({ to: "x".repeat(20_000) }), "application/json", 413],
    ["with a prototype", '{"to":"agent2","__proto__":{"mode":"x"}}', "application/json", 400],
    ["that is null", "null", "application/json", 400],
  ])("%s is refused", async (_name, body, type, status) => {
    expect((await send(body, type)).status).toBe(status);
    expect(dials("agent2")).toBe(0);
  });
});

describe("presence", () => {
  it("ends when the page closes, so that no call rings there", async () => {
    await one.page.until(({ colleagues }) => colleagues[0]?.state === "free");
    two.page.close();
    const view = await one.page.until(({ colleagues }) => colleagues[0]?.state !== "free");
    expect(view.colleagues.map(({ name, state }) => [name, state])).toEqual([
      ["Bob", "not-ready"],
      ["Cleo", "signed-out"],
    ]);
  });

  it("is shown to colleagues: not ready, free, in a call", async () => {
    expect((await two.page.until(() => true)).colleagues[0]).toMatchObject({ name: "Ann" });
    await two.page.until(({ colleagues }) => colleagues[0]?.state === "in-call");
    await two.page.setReady(false);
    await one.page.until(({ colleagues }) => colleagues[0]?.state === "not-ready");
  });

  it("is named by /api/me", async () => {
    const me = await (await one.browser.get("/api/me")).json();
    expect(me).toEqual({ agent: { id: "agent1", name: "Ann" } });
  });
});
