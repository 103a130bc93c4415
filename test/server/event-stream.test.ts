import { once } from "node:events";
import { type ServerResponse, createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type EventStream, eventText, openEventStream } from "../../src/server/events/event-stream.ts";

type Options = Parameters<typeof openEventStream>[2];

/** A server whose only answer is an event stream; `opened` resolves when somebody has asked for it. */
async function streamServer(options: Options = {}) {
  let isClosed = false;
  let tell: (stream: EventStream & { response: ServerResponse }) => void;
  const opened = new Promise<EventStream & { response: ServerResponse }>((resolve) => (tell = resolve));
  const server = createServer((_request, response) =>
    tell({ response, ...openEventStream(response, () => (isClosed = true), options) }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, opened, isClosed: () => isClosed };
}

describe("an event stream", () => {
  it("beats now and then, so that no proxy takes it for dead", async () => {
    const { port } = await streamServer({ heartbeatMs: 5 });
    const { body } = await fetch(`http://127.0.0.1:${port}`);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.endsWith(":\n\n:\n\n")) text += (await reader?.read())?.value ?? "";
    expect(text).toMatch(/^retry: 1000\n\n(:\n\n)+$/);
    await reader?.cancel();
  });

  it("is broken off for a reader who does not read, before megabytes pile up", async () => {
    const { port, opened, isClosed } = await streamServer({ maxBacklog: 1_000_000 });
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.pause().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const stream = await opened;
    const event = eventText("call", "x".repeat(500_000));
    for (let sent = 0; sent < 100 && !stream.response.destroyed; sent++) stream.send(event);
    await expect.poll(isClosed).toBe(true);
    expect(stream.response.destroyed).toBe(true);
    stream.send(event);
  });

  it("takes one event of any size from a reader who does read", async () => {
    const { port, opened } = await streamServer({ maxBacklog: 1000 });
    const answer = fetch(`http://127.0.0.1:${port}`);
    const stream = await opened;
    stream.send(eventText("snapshot", "x".repeat(1_000_000)));
    stream.close();
    expect((await (await answer).text()).length).toBeGreaterThan(1_000_000);
  });
});
