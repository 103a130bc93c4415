import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { Emulator } from "../../src/emulator.ts";
import { startEmulator } from "../../src/start-emulator.ts";

const NUMBER = "+15550100000";

async function anEmulator(origins: string[] = []): Promise<Emulator> {
  const emulator = await startEmulator({ media: "none", numbers: [{ phoneNumber: NUMBER }], origins });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** The status of the refusal, or 101. */
function open({ url }: Emulator, path: string, origin?: string): Promise<number | undefined> {
  const socket = new WebSocket(url.replace("http:", "ws:") + path, origin === undefined ? {} : { origin });
  return new Promise((resolve) => {
    socket.on("error", () => undefined);
    socket.on("unexpected-response", (_request, answer) => resolve(answer.statusCode));
    socket.on("open", () => {
      socket.close();
      resolve(101);
    });
  });
}

describe.each(["/signal", "/phone"])("the emulator's socket %s", (path) => {
  it("is open to programs and to the emulator's own pages, under each name of this machine", async () => {
    const emulator = await anEmulator();
    const { port } = new URL(emulator.url);
    for (const origin of [undefined, emulator.url, `http://localhost:${port}`, `http://[::1]:${port}`])
      expect([origin, await open(emulator, path, origin)]).toEqual([origin, 101]);
  });

  it.each([
    "http://127.0.0.1:1",
    "http://localhost:3000",
    "http://localhost",
    "https://example.com",
    "null",
    "file://",
    "nonsense",
  ])("is closed to a page of %s", async (origin) => {
    expect(await open(await anEmulator(), path, origin)).toBe(403);
  });

  it("is closed to a page of the same port over another protocol", async () => {
    const emulator = await anEmulator();
    expect(await open(emulator, path, emulator.url.replace("http:", "https:"))).toBe(403);
  });

  it("is open to the origins in the emulator's options, and to no others", async () => {
    const emulator = await anEmulator(["http://localhost:3000", "https://app.example.com"]);
    const origins = ["http://127.0.0.1:3000", "https://app.example.com", "http://127.0.0.1:3001"];
    const statuses = await Promise.all(origins.map((origin) => open(emulator, path, origin)));
    expect(statuses).toEqual([101, 101, 403]);
  });

  it("is open to pages of the app that the account's numbers point to", async () => {
    const emulator = await anEmulator();
    expect(await open(emulator, path, "http://localhost:3000")).toBe(403);
    emulator.configureNumber(NUMBER, { voiceUrl: "http://127.0.0.1:3000/voice#rc=2" });
    expect(await open(emulator, path, "http://localhost:3000")).toBe(101);
    expect(await open(emulator, path, "http://localhost:3001")).toBe(403);
  });

  it("is closed to pages of another machine that a number points to, unless the options name them", async () => {
    const app = "https://app.example.com";
    for (const [origins, status] of [
      [[], 403],
      [[app], 101],
    ] as const) {
      const emulator = await anEmulator([...origins]);
      emulator.configureNumber(NUMBER, { voiceUrl: `${app}/voice` });
      expect(await open(emulator, path, app)).toBe(status);
    }
  });
});
