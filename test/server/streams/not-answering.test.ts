import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { AgentsAnswer } from "../../../src/server/control-api.ts";
import type { Every, StreamEvent } from "../../../src/wire/stream.ts";
import { type Browser, type Views, openPage, readyAgent, signIn } from "../support/browser.ts";
import { json, operatorOf } from "../support/operator.ts";
import { CUSTOMER, NUMBER, type TestServer, aServerWithTwilio } from "../support/start-server.ts";

/** Pings that are due when the test says so, for all windows at once. */
function manualPings(): { every: Every; ping: () => void } {
  const due = new Set<() => void>();
  const every: Every = (_ms, act) => {
    due.add(act);
    return () => void due.delete(act);
  };
  return { every, ping: () => due.forEach((act) => act()) };
}

const frozen: WebSocket[] = [];
afterEach(() => frozen.splice(0).forEach((socket) => socket.terminate()));

/** A window whose tab freezes once it is ready: it answers no ping. */
async function frozenWindow({ server, cookie, agent }: Browser) {
  const url = `${server.localUrl}/api/events?agent=${agent}`.replace("http", "ws");
  const socket = new WebSocket(url, { headers: { cookie, origin: server.url } });
  frozen.push(socket);
  const heard: StreamEvent[] = [];
  socket.on("message", (data: Buffer) => heard.push(JSON.parse(String(data)) as StreamEvent));
  const send = (message: StreamEvent): void => socket.send(JSON.stringify(message));
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  send({ event: "ready", data: { ready: true } });
  send({ event: "resend" });
  await expect.poll(() => heard.filter(({ event }) => event === "snapshot").length).toBe(2);
  return { heard, thaw: () => send({ event: "pong" }) };
}

/** Ann's only window is in a tab that freezes; Bob's window answers. */
async function anneFreezes() {
  const { every, ping } = manualPings();
  const { server, twilio } = await aServerWithTwilio({}, {}, { every });
  const [ann, bob] = [await signIn(server, "agent1"), await readyAgent(server, "agent2")];
  const window = await frozenWindow(ann);
  /** Two pings stay unanswered for 5 s each. */
  const pass10s = async (...answering: Views[]): Promise<void> => {
    for (let pings = 0; pings < 3; pings++) {
      ping();
      for (const page of answering) await page.setReady(true);
    }
  };
  return { server, twilio, ann, bob, window, pass10s };
}

const stateOf = async (server: TestServer, agent: string) => {
  const { agents } = await json<AgentsAnswer>(operatorOf(server).get("/api/agents"));
  return agents.find(({ id }) => id === agent)?.state;
};

const seenBy = (page: Views, state: string) =>
  page.until(({ colleagues }) => colleagues[0]?.id === "agent1" && colleagues[0].state === state);

describe("an agent whose only window leaves pings unanswered for 10 s", () => {
  it("is shown as not answering to colleagues, operators and Prometheus", async () => {
    const { server, bob, pass10s } = await anneFreezes();
    await seenBy(bob.page, "free");
    await pass10s(bob.page);
    await seenBy(bob.page, "not-answering");
    expect([await stateOf(server, "agent1"), await stateOf(server, "agent2")]).toEqual([
      "not-answering",
      "free",
    ]);
    const metrics = await (await operatorOf(server).get("/metrics")).text();
    expect(metrics).toContain('warm_transfer_agents{state="not-answering"} 1');
  });

  it("is not rung: the next agent is, although Ann comes first", async () => {
    const { twilio, bob, pass10s } = await anneFreezes();
    const [annsPhone, bobsPhone] = ["agent1", "agent2"].map((id) => twilio.people.add(`client:${id}`));
    await pass10s(bob.page);
    await seenBy(bob.page, "not-answering");
    await twilio.people.add(CUSTOMER).call(NUMBER);
    await bobsPhone?.until("ringing");
    expect(annsPhone?.state).toBe("idle");
  });

  it("is refused as the target of a transfer", async () => {
    const { server, twilio, bob, pass10s } = await anneFreezes();
    twilio.people.add("client:agent2", { habit: { kind: "answers", afterMs: 0 } });
    await pass10s(bob.page);
    await seenBy(bob.page, "not-answering");
    const call = await twilio.people.add(CUSTOMER).call(NUMBER);
    await bob.page.until(({ state }) => state === "in-call");
    const answer = await operatorOf(server).post(`/api/calls/${call}/transfer`, { to: "agent1" });
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { error: { code: "target-signed-out" } },
    ]);
  });

  it("is rung at once when the window answers again and a customer waits", async () => {
    const { twilio, bob, window, pass10s } = await anneFreezes();
    const annsPhone = twilio.people.add("client:agent1");
    await pass10s(bob.page);
    await bob.page.setTakesCalls(false);
    await seenBy(bob.page, "not-answering");
    const customer = twilio.people.add(CUSTOMER);
    await customer.call(NUMBER);
    await customer.until("talking");
    window.thaw();
    await annsPhone.until("ringing");
    await seenBy(bob.page, "ringing");
  });

  it("is free as long as another window answers", async () => {
    const { server, ann, bob, pass10s } = await anneFreezes();
    const other = await openPage(ann);
    await other.setReady(true);
    await pass10s(bob.page, other);
    expect(await stateOf(server, "agent1")).toBe("free");
    await other.setReady(false);
    await seenBy(bob.page, "not-answering");
  });

  it("gets two pings and no more, so that it does not answer in a flood", async () => {
    const { bob, window, pass10s } = await anneFreezes();
    for (let n = 0; n < 10; n++) await pass10s(bob.page);
    await seenBy(bob.page, "not-answering");
    const pings = window.heard.filter(({ event }) => event === "ping");
    expect(pings).toHaveLength(2);
  });
});
