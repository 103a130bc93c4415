import { join } from "node:path";
import type { Keyv } from "keyv";
import { describe, expect, it } from "vitest";
import { startServer } from "../../src/compose/server.ts";
import { createCallStore } from "../../src/store/call-store.ts";
import { openStoreFile } from "../../src/store/sqlite/store-file.ts";
import { libsqlKeyv } from "../../src/store/sqlite/libsql-keyv.ts";
import { openStores } from "../../src/store/stores.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { freePort } from "../support/world/free-port.ts";
import { signIn } from "./support/browser.ts";
import { type TestServer, aServer } from "./support/start-server.ts";
import { testConfig } from "../support/test-config.ts";
import { CALL, inbound, webhook } from "./support/webhooks.ts";

const OTHER = `CA${"d".repeat(32)}`;
const now = Date.now;

const rings = (server: TestServer, CallSid: string): Promise<Response> =>
  webhook(server, "/conference/connect/client", inbound(server, { CallSid }));
const hangsUp = (server: TestServer, CallSid: string): Promise<Response> =>
  webhook(server, "/call/events", inbound(server, { CallSid, CallStatus: "completed" }));

/** A server on a file that is there already if another has had it. */
async function onAFile(): Promise<{ storeUrl: string; start: () => Promise<TestServer> }> {
  const storeUrl = `file:${join(temporaryFolder(), ".warm-transfer", "calls.db")}`;
  return { storeUrl, start: () => aServer({ storeUrl }) };
}

describe("a server that restarts on its file", () => {
  it("continues its live calls, and the agent's page is still signed in", async () => {
    const { start } = await onAFile();
    const first = await start();
    const { cookie } = await signIn(first, "agent1");
    const page = (server: TestServer, path: string, method = "GET"): Promise<Response> =>
      fetch(server.url + path, { method, headers: { cookie, "X-Agent": "agent1", Origin: server.url } });
    await rings(first, CALL);
    const before = await first.calls();
    expect(before).toMatchObject([{ id: CALL }]);
    await first.close();
    const second = await start();
    expect(await second.calls()).toEqual(before);
    expect((await page(second, "/api/me")).status).toBe(200);
    await page(second, "/sign-out", "POST");
    await second.close();
    expect((await page(await start(), "/api/me")).status).toBe(401);
  });

  it("accepts the callbacks of live and ended calls, and keeps the history of ended ones", async () => {
    const { start, storeUrl } = await onAFile();
    const first = await start();
    for (const call of [CALL, OTHER]) await rings(first, call);
    await hangsUp(first, OTHER);
    await first.close();
    const second = await start();
    expect((await second.calls()).map(({ id }) => id)).toEqual([CALL]);
    for (const call of [OTHER, CALL]) expect((await hangsUp(second, call)).status).toBe(204);
    expect(await second.calls()).toEqual([]);
    await second.close();
    const stores = await openStores(storeUrl, { now });
    const history = await stores.calls.ended(0);
    await stores.close();
    expect(history.map(({ id, endedBy }) => [id, endedBy])).toEqual([
      [CALL, "customer"],
      [OTHER, "customer"],
    ]);
  });
});

describe("a server whose file cannot be used", () => {
  it("does not start or listen while another server uses the file, and the other goes on", async () => {
    const { start, storeUrl } = await onAFile();
    const first = await start();
    const port = await freePort();
    await expect(startServer(testConfig({ storeUrl, port }))).rejects.toMatchObject({
      category: "conflict",
      message: expect.stringContaining("in use"),
    });
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    expect((await rings(first, CALL)).status).toBe(200);
    await first.close();
    await start();
  });

  it("releases the file when it does not start for another reason", async () => {
    const { start, storeUrl } = await onAFile();
    const port = (await aServer()).port;
    await expect(startServer(testConfig({ storeUrl, port }))).rejects.toThrow("already in use");
    await start();
  });

  it("apologises to customers when the disk is full, keeps the record of each accepted call, and logs the error", async () => {
    const file = await openStoreFile(join(temporaryFolder(), "calls.db"));
    const keyv = (table: string): Promise<Keyv> => libsqlKeyv(file, table, { now });
    const calls = createCallStore({ live: await keyv("live"), ended: await keyv("ended") });
    const server = await aServer({}, { stores: { calls } });
    file.db.exec("PRAGMA max_page_count = 6");
    const callSid = (n: number): string => `CA${n.toString(16).padStart(32, "0")}`;
    let taken = 0;
    const ring = async (): Promise<string> => (await rings(server, callSid(taken))).text();
    let answer = await ring();
    for (; answer.includes("<Conference"); answer = await ring()) taken += 1;
    expect(taken).toBeGreaterThan(0);
    expect(answer).toMatch(/<Say.*<Hangup\/>/);
    await server.idle();
    expect(server.errors.map(({ message }) => message)).toEqual([
      expect.stringContaining("The disk is full"),
    ]);
    expect(await server.calls()).toHaveLength(taken);
    file.db.exec("PRAGMA max_page_count = 1000");
    expect(await ring()).toContain("<Conference");
    expect(await server.calls()).toHaveLength(taken + 1);
    file.close();
  });
});
