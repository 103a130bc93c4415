import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CallView } from "../../src/server/control-api.ts";
import { readyAgent } from "./support/browser.ts";
import { type Watched, operatorOf, watchCalls } from "./support/operator.ts";
import {
  CUSTOMER,
  NUMBER,
  OPERATOR,
  type TestServer,
  aServer,
  aServerWithTwilio,
} from "./support/start-server.ts";
import { handshake } from "./support/sockets.ts";
import { CALL, inbound, webhook } from "./support/webhooks.ts";

const customerCalls = (server: TestServer, call = CALL): Promise<Response> =>
  webhook(server, "/conference/connect/client", inbound(server, { CallSid: call }));

const sid = (n: number): string => `CA${String(n).padStart(32, "0")}`;

const isEnd = ({ name, data }: Watched): boolean => name === "story" && data.entry.event === "call-ended";

describe("watching all calls", () => {
  it("begins with the live calls, without their stories", async () => {
    const server = await aServer();
    await customerCalls(server);
    const { name, data } = await (await watchCalls(server)).next();
    expect([name, data]).toEqual([
      "snapshot",
      { calls: [expect.objectContaining({ id: CALL, state: "waiting", customerNumber: "+15550111111" })] },
    ]);
    expect(JSON.stringify(data)).not.toContain("story");
  });

  it("sends for each change the call, then its new story entries", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const { page } = await readyAgent(server, "agent1");
    twilio.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
    const watch = await watchCalls(server);
    expect((await watch.next()).data).toEqual({ calls: [] });
    const customer = twilio.people.add(CUSTOMER);
    const call = await customer.call(NUMBER);
    await page.until(({ state }) => state === "in-call");
    customer.hangUp();
    const events = await watch.until(isEnd);
    const calls = events.flatMap((event) => (event.name === "call" ? [event.data] : []));
    expect(new Set(calls.map(({ id }) => id))).toEqual(new Set([call]));
    expect([calls[0]?.state, calls.at(-1)?.state]).toEqual(["waiting", "ended"]);
    const story = events.flatMap((event) => (event.name === "story" ? [event.data] : []));
    expect(story[0]).toMatchObject({ call, customerNumber: CUSTOMER, entry: { event: "customer-called" } });
    const entries = story.map(({ entry }) => `${entry.event} ${entry.agentName ?? ""}`.trim());
    expect(entries).toContain("agent-joined Ann");
    expect(new Set(entries).size).toBe(entries.length);
    const ofLast = calls.at(-1)?.story.map(({ event, agentName }) => `${event} ${agentName ?? ""}`.trim());
    expect(new Set(entries)).toEqual(new Set(ofLast));
    // The call that comes before a story entry contains that entry already.
    const first = events.findIndex(({ name }) => name === "story");
    expect((events[first - 1]?.data as CallView | undefined)?.story[0]?.event).toBe("customer-called");
  });

  it("is the same for several watchers, and continues when one of them leaves", async () => {
    const server = await aServer();
    const watches = await Promise.all([1, 2, 3].map(() => watchCalls(server)));
    for (const watch of watches) await watch.next();
    const gone = await watchCalls(server);
    await gone.next();
    gone.close();
    await customerCalls(server);
    await operatorOf(server).post(`/api/calls/${CALL}/end`);
    const seen = await Promise.all(watches.map((watch) => watch.until(isEnd)));
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it("misses and repeats nothing, whenever a watcher connects", async () => {
    const server = await aServer();
    const all = Array.from({ length: 60 }, (_, n) => sid(n));
    const calling = Promise.all(all.map((call) => customerCalls(server, call)));
    const watches = await Promise.all(Array.from({ length: 10 }, () => watchCalls(server)));
    await calling;
    await operatorOf(server).post(`/api/calls/${sid(0)}/end`);
    for (const watch of watches) {
      const [first, ...later] = await watch.until(isEnd);
      const shown = first?.name === "snapshot" ? first.data.calls.map(({ id }) => id) : [];
      const begun = later.flatMap((event) =>
        event.name === "story" && event.data.entry.event === "customer-called" ? [event.data.call] : [],
      );
      expect([...shown, ...begun].sort()).toEqual(all);
    }
  });

  it("is not delayed by a watcher that does not read", async () => {
    const server = await aServer();
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.pause().write(handshake("/api/watch", { Authorization: `Bearer ${OPERATOR}` }));
    const watch = await watchCalls(server);
    await watch.next();
    for (let n = 0; n < 200; n++) await customerCalls(server, sid(n));
    await operatorOf(server).post(`/api/calls/${sid(0)}/end`);
    const events = await watch.until(isEnd);
    expect(events.filter(({ name }) => name === "call").length).toBeGreaterThanOrEqual(201);
  });

  it("ends with the server", async () => {
    const server = await aServer();
    const watch = await watchCalls(server);
    await watch.next();
    await server.close();
    await expect(watch.next()).rejects.toThrow("the stream has ended");
  });
});
