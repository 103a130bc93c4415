import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { CallRecord } from "../../src/call/types.ts";
import { createWatchStreams } from "../../src/server/events/watch-streams.ts";
import { callRecord } from "../store/support/call-store-suite.ts";

type Tell = (after: CallRecord, before: CallRecord | undefined) => void;

const later = (record: CallRecord): CallRecord => ({ ...record, revision: record.revision + 1 });

/** The streams over calls that are read when the test says so, and change when it says so. */
async function slowCalls() {
  let tell: Tell = () => {};
  let read: (calls: CallRecord[]) => void = () => {};
  let isAsked: () => void = () => {};
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  const calls = new Promise<CallRecord[]>((resolve) => (read = resolve));
  const coordinator = {
    onChange: (listener: Tell) => {
      tell = listener;
      return () => {};
    },
    live: () => {
      isAsked();
      return calls;
    },
  };
  const streams = createWatchStreams({ coordinator, nameOf: (agent) => agent });
  const server = createServer((_request, response) => void streams.open(response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const answer = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await asked;
  return { tell, read, streams, answer };
}

it("tells once what changes while the calls are read: it is in the snapshot, or comes after it", async () => {
  const { tell, read, streams, answer } = await slowCalls();
  const [one, two] = [callRecord("CA1"), callRecord("CA2")];
  tell(later(one), one);
  tell(two, undefined);
  read([later(one)]);
  await answer;
  tell(later(later(one)), later(one));
  streams.close();
  const events = (await (await answer).text()).split("\n\n").filter((block) => block.startsWith("event:"));
  const told = events.map((block) => {
    const [, name = "", data = ""] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
    return `${name} ${[...data.matchAll(/"CA\d"/g)].map(([id]) => id).join()}`;
  });
  expect(told).toEqual(['snapshot "CA1"', 'call "CA2"', 'story "CA2"', 'call "CA1"']);
});

it("ends for who waits for the snapshot when the server ends", async () => {
  const { read, streams, answer } = await slowCalls();
  streams.close();
  read([]);
  expect(await (await answer).text()).toBe("");
});
