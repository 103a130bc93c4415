import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { createConnection } from "../../src/signalling/connection.ts";
import { createTrace } from "../../src/signalling/trace.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A browser that echoes heartbeats, as the SDK does, until it is frozen. */
function browser() {
  const sent: string[] = [];
  let isFrozen = false;
  const socket = Object.assign(new EventEmitter(), {
    isCut: false,
    send(frame: string) {
      sent.push(frame);
      if (!isFrozen) socket.emit("message", frame);
    },
    terminate() {
      socket.isCut = true;
      socket.emit("close");
    },
  });
  return { socket, sent, freeze: () => void (isFrozen = true) };
}

const connect = (socket: EventEmitter, lostAfterMs?: number) =>
  createConnection(socket as WebSocket, "ashburn", createTrace(), lostAfterMs);

describe("the heartbeat", () => {
  it("comes often enough for the SDK, which gives up after 15 s, and ends with the socket", () => {
    const { socket, sent } = browser();
    connect(socket);
    vi.advanceTimersByTime(60_000);
    expect(sent).toEqual(Array(6).fill("\n"));
    socket.emit("close");
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(6);
  });

  it.each([
    ["30 s", 30_000, 10_000],
    ["3 s", 3_000, 3_000],
  ])(
    "cuts the socket of a browser that echoes none, with lost browsers after %s",
    (_, lostAfterMs, every) => {
      const { socket, freeze } = browser();
      connect(socket, lostAfterMs);
      vi.advanceTimersByTime(every * 3);
      freeze();
      vi.advanceTimersByTime(every);
      expect(socket.isCut).toBe(false);
      vi.advanceTimersByTime(every);
      expect(socket.isCut).toBe(true);
    },
  );
});
