import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Emulator } from "../src/emulator.ts";
import { startEmulator } from "../src/start-emulator.ts";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ media: "none" });
});
afterEach(() => emulator.close());

async function statusOf(path: string, host: string, method = "GET"): Promise<number> {
  const asked = request(emulator.url + path, { method, headers: { host } });
  asked.end();
  const [reply] = (await once(asked, "response")) as [IncomingMessage];
  reply.resume();
  return reply.statusCode ?? 0;
}

/** `open`, or the HTTP status of the refusal. */
async function openSocket(path: string, host: string): Promise<string> {
  const socket = new WebSocket(emulator.url.replace("http", "ws") + path, { headers: { host } });
  const opened = once(socket, "open").then(() => "open");
  const outcome = await opened.catch((thrown: Error) => /\d{3}/.exec(thrown.message)?.[0] ?? thrown.message);
  socket.terminate();
  return outcome;
}

const PAGES = [
  "/",
  "/inspector.json",
  "/phone.html",
  "/voice-sdk-shim.js",
  "/faults",
  "/2010-04-01/Accounts",
];

describe("a web page that rebinds its own name to 127.0.0.1", () => {
  it.each(PAGES)("gets 403 from %s", async (path) => {
    for (const host of ["evil.example", "evil.example:4010", "127.0.0.1.evil.example"])
      expect(await statusOf(path, host)).toBe(403);
    expect(await statusOf(path, "localhost:4010")).not.toBe(403);
  });

  it.each(["/signal", "/phone"])("opens no socket at %s", async (path) => {
    expect(await openSocket(path, "evil.example")).toBe("403");
    expect(await openSocket(path, "localhost")).toBe("open");
  });
});
