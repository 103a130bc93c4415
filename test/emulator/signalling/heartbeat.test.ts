import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { createConnection } from "../../../src/emulator/signalling/connection.ts";
import { createTrace } from "../../../src/emulator/signalling/trace.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the heartbeat", () => {
  it("comes often enough for the SDK, which gives up after 15 quiet seconds, and ends with the socket", () => {
    const sent: string[] = [];
    const socket = Object.assign(new EventEmitter(), { send: (frame: string) => sent.push(frame) });
    createConnection(socket as unknown as WebSocket, "ashburn", createTrace());
    vi.advanceTimersByTime(60_000);
    expect(sent).toEqual(Array(6).fill("\n"));
    socket.emit("close");
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(6);
  });
});
