import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Emulator } from "../src/emulator.ts";
import { startEmulator } from "../src/start-emulator.ts";
import type { EmulatorOptions } from "../src/types.ts";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ media: "none" });
});

async function startAgain(options: EmulatorOptions): Promise<void> {
  await emulator.close();
  emulator = await startEmulator({ media: "none", ...options });
}
afterEach(() => emulator.close());

async function statusOf(path: string, host: string, method = "GET"): Promise<number> {
  const asked = request(emulator.url + path, { method, headers: { host } });
  asked.end();
  const [reply] = (await once(asked, "response")) as [IncomingMessage];
  reply.resume();
  return reply.statusCode ?? 0;
}

/** `open`, or the HTTP status of the refusal. */
async function openSocket(path: string, host: string, origin?: string): Promise<string> {
  const socket = new WebSocket(emulator.url.replace("http", "ws") + path, {
    headers: { host, ...(origin !== undefined && { origin }) },
  });
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

  it.each(["/signal", "/phone"])("gets no socket at %s", async (path) => {
    expect(await openSocket(path, "evil.example")).toBe("403");
    expect(await openSocket(path, "localhost")).toBe("open");
  });
});

describe("an emulator with further names", () => {
  beforeEach(() => startAgain({ host: "0.0.0.0", allowedHosts: ["twilio", "192.168.1.5"] }));

  it.each(PAGES)(
    "answers at %s under these names and those of loopback, and under no other",
    async (path) => {
      for (const host of ["twilio", "TWILIO:4010", "192.168.1.5:80", "localhost"])
        expect([host, await statusOf(path, host)]).not.toEqual([host, 403]);
      for (const host of ["evil.example", "twilio.evil.example", "nottwilio", "192.168.1.55"])
        expect([host, await statusOf(path, host)]).toEqual([host, 403]);
    },
  );

  it("opens its sockets to its own pages under each name, and to no others", async () => {
    expect(await openSocket("/phone", "twilio:8080", "http://twilio:8080")).toBe("open");
    expect(await openSocket("/phone", "localhost:8080", "http://localhost:8080")).toBe("open");
    expect(await openSocket("/phone", "twilio:8080", "http://evil.example")).toBe("403");
    expect(await openSocket("/phone", "evil.example", "http://evil.example")).toBe("403");
  });

  // Elsewhere 127.0.0.2 is no address of the machine.
  it.runIf(process.platform === "linux")(
    "has an address for this machine, and listens on its others, too",
    async () => {
      expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const second = emulator.url.replace("127.0.0.1", "127.0.0.2");
      expect((await fetch(`${second}/inspector.json`)).status).toBe(403);
      await startAgain({ allowedHosts: ["127.0.0.2"] });
      await expect(fetch(emulator.url.replace("127.0.0.1", "127.0.0.2"))).rejects.toThrow("fetch failed");
    },
  );
});
