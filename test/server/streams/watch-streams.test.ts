import { expect, it } from "vitest";
import type { AppError } from "../../../src/errors.ts";
import type { CallRecord } from "../../../src/call/types.ts";
import { createWatchStreams } from "../../../src/server/streams/watch-streams.ts";
import { aSocketPair } from "../support/sockets.ts";
import { callRecord } from "../../store/support/call-store-suite.ts";

type Tell = (after: CallRecord, before: CallRecord | undefined) => void;

const later = (record: CallRecord): CallRecord => ({ ...record, revision: record.revision + 1 });

/** The streams over calls that are read when the test says so, and change when it says so. */
async function slowCalls() {
  let tell: Tell = () => {};
  let read: (calls: CallRecord[]) => void = () => {};
  let startRead: () => void = () => {};
  const readStarted = new Promise<void>((resolve) => (startRead = resolve));
  const calls = new Promise<CallRecord[]>((resolve) => (read = resolve));
  const coordinator = {
    onChange: (listener: Tell) => {
      tell = listener;
      return () => {};
    },
    live: () => {
      startRead();
      return calls;
    },
  };
  const onError = (error: AppError): void => expect.unreachable(error.message);
  const streams = createWatchStreams({ coordinator, nameOf: (agent) => agent, onError });
  const { ours, theirs } = await aSocketPair();
  const messages: string[] = [];
  theirs.on("message", (text: Buffer) => {
    const { event } = JSON.parse(String(text)) as { event: string };
    messages.push(`${event} ${[...String(text).matchAll(/"CA\d"/g)].map(([id]) => id).join()}`);
  });
  streams.open(ours);
  await readStarted;
  return { tell, read, messages };
}

it("sends a change during the read once, in the snapshot or after it", async () => {
  const { tell, read, messages } = await slowCalls();
  const [one, two] = [callRecord("CA1"), callRecord("CA2")];
  tell(later(one), one);
  tell(two, undefined);
  read([later(one)]);
  await expect.poll(() => messages).toHaveLength(3);
  tell(later(later(one)), later(one));
  await expect.poll(() => messages).toEqual(['snapshot "CA1"', 'call "CA2"', 'story "CA2"', 'call "CA1"']);
});
