import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { messageText, openStream } from "../../../src/server/streams/stream.ts";
import type { StreamEvent } from "../../../src/wire/stream.ts";
import { aSocketPair } from "../support/sockets.ts";

const nextText = (socket: WebSocket): Promise<string> =>
  new Promise((resolve) => socket.once("message", (data: Buffer) => resolve(String(data))));

/** A stream on our socket whose beats come when the test says so. */
async function aStream({
  keepsSilent = false,
  ...options
}: { maxBacklog?: number; keepsSilent?: boolean } = {}) {
  const pair = await aSocketPair();
  const received: StreamEvent[] = [];
  let beat: () => void = () => undefined;
  const answers: boolean[] = [];
  let closes = 0;
  const stream = openStream(
    pair.ours,
    {
      received: (event) => received.push(event),
      closed: () => void (closes += 1),
      ...(keepsSilent ? { answers: (isAnswering: boolean) => void answers.push(isAnswering) } : {}),
    },
    { ...options, every: (_ms, act) => ((beat = act), () => (beat = () => undefined)) },
  );
  return { ...pair, stream, received, answers, beat: () => beat(), closes: () => closes };
}

describe("a stream", () => {
  it("drops a client that leaves two pings unanswered", async () => {
    const { theirs, beat, closes } = await aStream();
    const pings: string[] = [];
    theirs.on("message", (data: Buffer) => pings.push(String(data)));
    beat();
    beat();
    await expect.poll(() => pings).toEqual(['{"event":"ping"}', '{"event":"ping"}']);
    expect(closes()).toBe(0);
    beat();
    await expect.poll(closes).toBe(1);
  });

  it("keeps a silent client for 15 minutes if so configured, and reports each silence once", async () => {
    const { ours, theirs, beat, closes, answers } = await aStream({ keepsSilent: true });
    const beats = (count: number): void => Array.from({ length: count }).forEach(beat);
    beats(2);
    expect(answers).toEqual([]);
    beats(10);
    expect(answers).toEqual([false]);
    const pong = once(ours, "message");
    theirs.send('{"event":"pong"}');
    await pong;
    expect(answers).toEqual([false, true]);
    beats(2 + 180);
    expect([answers, closes()]).toEqual([[false, true, false], 0]);
    beat();
    await expect.poll(closes).toBe(1);
  });

  it("keeps a client that answers, and answers its pings", async () => {
    const { ours, theirs, beat, closes, received } = await aStream();
    for (let n = 0; n < 5; n++) {
      const ping = nextText(theirs);
      beat();
      expect(await ping).toBe('{"event":"ping"}');
      const pong = once(ours, "message");
      theirs.send('{"event":"pong"}');
      await pong;
    }
    expect(closes()).toBe(0);
    theirs.send('{"event":"ping"}');
    expect(await nextText(theirs)).toBe('{"event":"pong"}');
    expect(received).toEqual([]);
  });

  it("passes on all messages except pings and pongs", async () => {
    const { theirs, received } = await aStream();
    theirs.send('{"event":"hello","data":{"a":1}}');
    await expect.poll(() => received).toEqual([{ event: "hello", data: { a: 1 } }]);
  });

  it.each(["{", "null", "7", "[]"])("is closed with a reason after an invalid message: %s", async (text) => {
    const { theirs } = await aStream();
    theirs.send(text);
    const [code, reason] = (await once(theirs, "close")) as [number, Buffer];
    expect([code, String(reason)]).toEqual([1008, "A message could not be read."]);
  });

  it("is closed for a client that does not read, before the buffer grows by megabytes", async () => {
    const { ours, raw, stream, closes } = await aStream({ maxBacklog: 1_000_000 });
    raw.pause();
    const message = messageText("call", JSON.stringify("x".repeat(500_000)));
    for (let sent = 0; sent < 100 && ours.readyState === ours.OPEN; sent++) stream.send(message);
    await expect.poll(closes).toBe(1);
    expect(ours.readyState).toBe(ours.CLOSED);
    stream.send(message);
  });

  it("sends one message of any size to a client that reads", async () => {
    const { theirs, stream } = await aStream({ maxBacklog: 1000 });
    const text = nextText(theirs);
    stream.send(messageText("snapshot", JSON.stringify("x".repeat(1_000_000))));
    stream.close(1001, "The server stops.");
    expect((await text).length).toBeGreaterThan(1_000_000);
  });
});
