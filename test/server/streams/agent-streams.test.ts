import { describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import { createCallStore } from "../../../src/store/call-store.ts";
import { openStream } from "../../../src/cli/stream.ts";
import type { AgentView } from "../../../src/server/agent-events.ts";
import { follow, type StreamEvent } from "../../../src/wire/stream.ts";
import { type Views, openPage, readyAgent, signIn } from "../support/browser.ts";
import { countReads } from "../support/count-reads.ts";
import { CUSTOMER, NUMBER, aServer, aServerWithTwilio } from "../support/start-server.ts";

const agentsNamed = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `agent${n + 1}`, name: `Agent ${n + 1}` }));

const events = ({ messages }: Views): string[] => messages.map(({ event }) => event);

describe("a page", () => {
  it("gets one snapshot, then numbered differences with only the changed parts", async () => {
    const server = await aServer();
    const page = await openPage(await signIn(server, "agent1"));
    const two = await openPage(await signIn(server, "agent2"));
    await page.until(({ colleagues }) =>
      colleagues.some(({ id, state }) => id === "agent2" && state === "not-ready"),
    );
    await two.setTakesCalls(false);
    await page.setTakesCalls(false);
    await page.until(({ takesCalls }) => !takesCalls);
    expect(page.messages.map(({ n }) => n)).toEqual(page.messages.map((_, index) => index + 1));
    expect(events(page).filter((event) => event === "snapshot")).toHaveLength(2);
    const own = page.messages.filter(({ event }) => event === "own").map(({ data }) => data);
    expect(own).toContainEqual({ takesCalls: false });
  });

  it("that misses a number has no view, until the server has sent a snapshot", () => {
    const agent = { id: "agent1", name: "Ann" };
    const snapshot = {
      agent,
      state: "free",
      takesCalls: true,
      call: null,
      label: null,
      missed: [],
      agents: [agent],
    };
    const first = follow(null, { event: "snapshot", n: 1, data: snapshot });
    const own = (n: number, state: string): StreamEvent => ({ event: "own", n, data: { state } });
    expect(follow(first, own(2, "ringing"))?.view.state).toBe("ringing");
    expect(follow(first, own(3, "ringing"))).toBeNull();
    expect(follow(null, own(2, "ringing"))).toBeNull();
    expect(follow(null, { event: "snapshot", n: 9, data: snapshot })?.n).toBe(9);
  });

  it("gets a snapshot with the next number when it asks for one", async () => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent1");
    const url = `${server.localUrl}/api/events?agent=agent1`;
    const stream = await openStream(url, { cookie, origin: server.url }, new AbortController().signal);
    const arriving = stream.events[Symbol.asyncIterator]();
    const next = async () => (await arriving.next()).value as StreamEvent;
    const first = await next();
    stream.send({ event: "resend" });
    const messages = [first];
    while (messages.filter(({ event }) => event === "snapshot").length < 2) messages.push(await next());
    expect(messages.map(({ n }) => n)).toEqual(messages.map((_, index) => index + 1));
    expect(messages.at(-1)?.data).toMatchObject({
      agent: { id: "agent1" },
      agents: [{ name: "Ann" }, {}, {}],
    });
    stream.close();
  });
});

describe("a session that expires", () => {
  it("ends its streams after exactly 12 hours; their last message names the server", async () => {
    const clock = manualClock();
    const server = await aServer({}, { clock });
    const { page } = await readyAgent(server, "agent1");
    await clock.advance(12 * 3_600_000 - 1);
    await page.setReady(false);
    expect(events(page)).not.toContain("session-ended");
    await clock.advance(1);
    await page.ended;
    expect(page.messages.at(-1)).toMatchObject({ event: "session-ended", data: { by: "server" } });
  });
});

describe("two windows of one agent", () => {
  it("both end at once when the agent signs out in one of them", async () => {
    const server = await aServer();
    const browser = await signIn(server, "agent1");
    const [one, two] = [await openPage(browser), await openPage(browser)];
    await browser.post("/sign-out");
    for (const page of [one, two]) {
      await page.ended;
      expect(page.messages.at(-1)).toMatchObject({ event: "session-ended", data: { by: "agent" } });
    }
  });

  it("show the same choice: Take calls off in one is off in both, and no call comes", async () => {
    const server = await aServer();
    const browser = await signIn(server, "agent1");
    const [one, two] = [await openPage(browser), await openPage(browser)];
    await one.setReady(true);
    await two.setReady(true);
    await two.until(({ state }) => state === "free");
    await one.setTakesCalls(false);
    const seen = await two.until(({ takesCalls }) => !takesCalls);
    expect(seen.state).toBe("not-ready");
  });

  it("do not fight: one without a microphone leaves the agent free, and colleagues see no change", async () => {
    const server = await aServer();
    const { page: bob } = await readyAgent(server, "agent2");
    const browser = await signIn(server, "agent1");
    const [good, bad] = [await openPage(browser), await openPage(browser)];
    await good.setReady(true);
    await bob.until(({ colleagues }) => colleagues[0]?.state === "free");
    const before = bob.messages.length;
    await bad.setReady(false);
    await bad.setReady(true);
    await bad.setReady(false);
    expect(events(bob).slice(before)).toEqual([]);
    bad.close();
    await bad.ended;
    // Bob's own difference: whatever was sent before has arrived.
    await bob.setReady(false);
    expect(events(bob).slice(before)).not.toContain("colleagues");
    expect((await good.until(() => true)).state).toBe("free");
  });
});

describe("after a restart", () => {
  it("the first window sets whether the agent takes calls, and later windows do not change it", async () => {
    const server = await aServer();
    const browser = await signIn(server, "agent1");
    const first = await openPage(browser, "off");
    await first.setReady(true);
    const later = await openPage(browser, "on");
    await later.setReady(true);
    for (const page of [first, later])
      expect(await page.until(() => true)).toMatchObject({ takesCalls: false, state: "not-ready" });
  });
});

describe("a window that sends an invalid message", () => {
  it.each([
    ["an unknown event", { event: "dance" }],
    ["no boolean", { event: "ready", data: { ready: "yes" } }],
    ["nothing", { event: "takes-calls" }],
  ])("loses its stream: %s", async (_what, message) => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent1");
    const url = `${server.localUrl}/api/events?agent=agent1`;
    const stream = await openStream(url, { cookie, origin: server.url }, new AbortController().signal);
    const arriving = stream.events[Symbol.asyncIterator]();
    stream.send(message);
    let last = await arriving.next();
    while (!last.done) last = await arriving.next();
    expect(server.errors).toEqual([]);
  });

  it("loses its stream for more than 100 messages at once", async () => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent1");
    const url = `${server.localUrl}/api/events?agent=agent1`;
    const stream = await openStream(url, { cookie, origin: server.url }, new AbortController().signal);
    for (let n = 0; n < 200; n += 1) stream.send({ event: "resend" });
    const snapshots: StreamEvent[] = [];
    for await (const event of stream.events) if (event.event === "snapshot") snapshots.push(event);
    expect(snapshots.length).toBeLessThanOrEqual(101);
    expect(server.errors).toEqual([]);
  });
});

/** Pages get the list of colleagues at most once in this time. */
const INTERVAL_MS = 100;

describe("a change of one call", () => {
  const namesAgent1 = ({ data }: StreamEvent): boolean => JSON.stringify(data).includes('"agent1"');

  /** What the others' pages and the store are asked for while a customer rings agent1, who answers. */
  async function costWith(pages: number) {
    const { calls, reads } = countReads(createCallStore());
    const clock = manualClock();
    const { server, twilio } = await aServerWithTwilio(
      {},
      { agents: agentsNamed(pages) },
      { clock, stores: { calls } },
    );
    twilio.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
    const { page } = await readyAgent(server, "agent1");
    const others = await Promise.all(
      agentsNamed(pages)
        .slice(1)
        .map(async ({ id }) => openPage(await signIn(server, id))),
    );
    const untilOthersSee = async (fits: (view: AgentView) => boolean): Promise<void> => {
      await clock.advance(INTERVAL_MS);
      await Promise.all(others.map((other) => other.until(fits)));
    };
    await untilOthersSee(
      ({ colleagues }) =>
        colleagues[0]?.state === "free" && colleagues.every(({ state }) => state !== "signed-out"),
    );
    await clock.advance(INTERVAL_MS);
    const begun = others.map(({ messages }) => messages.length);
    const before = { ...reads };
    await twilio.people.add(CUSTOMER).call(NUMBER);
    await page.until(({ state }) => state === "in-call");
    await untilOthersSee(({ colleagues }) => colleagues[0]?.state === "in-call");
    return {
      names: new Set(others.flatMap((other, index) => events(other).slice(begun[index]))),
      // The last page to open may still be news to the others.
      most: Math.max(
        ...others.map(({ messages }, index) => messages.slice(begun[index]).filter(namesAgent1).length),
      ),
      lists: reads.lists - before.lists,
      records: reads.records - before.records,
    };
  }

  it("sends the other pages one line each and lists no stored calls, whether 2 pages are open or 50", async () => {
    const [few, many] = [await costWith(2), await costWith(50)];
    for (const cost of [few, many]) {
      expect(cost.names).toEqual(new Set(["colleagues"]));
      // Ringing and in the call: two changes of one colleague's state.
      expect(cost.most).toBeLessThanOrEqual(2);
      expect(cost.lists).toBe(0);
    }
    expect(many.records).toBe(few.records);
  });
});
