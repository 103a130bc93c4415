import { describe, expect, it } from "vitest";
import type { CallStore } from "../../../src/call/ports.ts";
import { createCallStore } from "../../../src/store/call-store.ts";
import { type TestServer, aServer } from "../support/start-server.ts";

async function readyz(server: TestServer): Promise<[status: number, body: unknown]> {
  const answer = await fetch(`${server.localUrl}/readyz`);
  return [answer.status, await answer.json()];
}

const ready = [200, { status: "ready", missing: [], reasons: [] }];
const lacks = (missing: string, reason: string) => [
  503,
  { status: "not-ready", missing: [missing], reasons: [expect.stringContaining(reason)] },
];

describe("GET /readyz", () => {
  it("returns 200 as soon as the server has a public URL", async () => {
    const server = await aServer({ twilioApiBaseUrl: null });
    expect(await readyz(server)).toEqual(lacks("public-url", "Twilio cannot reach"));
    server.setPublicUrl("https://calls.example.com");
    expect(await readyz(server)).toEqual(ready);
  });

  it("returns 200 without a public URL when Twilio is on this machine, too", async () => {
    expect(await readyz(await aServer())).toEqual(ready);
  });

  it("reports that the server refuses calls", async () => {
    const server = await aServer();
    server.refuseCalls();
    expect(await readyz(server)).toEqual(lacks("acceptance", "stopping"));
  });

  it("reports that the store does not answer", async () => {
    const broken: CallStore = { ...createCallStore(), get: () => Promise.reject(new Error("disk gone")) };
    const server = await aServer({}, { stores: { calls: broken } });
    expect(await readyz(server)).toEqual(lacks("store", "The store fails"));
  });
});
