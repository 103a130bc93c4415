import { join } from "node:path";
import Database from "libsql";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { CallRecord } from "../../src/call/types.ts";
import { type Stores, openStores } from "../../src/store/stores.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { aServer } from "../server/support/start-server.ts";
import { CALL, inbound, webhook } from "../server/support/webhooks.ts";
import { callRecord } from "./support/call-store-suite.ts";

let path = "";
let other: Database.Database;

beforeEach(async () => {
  path = join(temporaryFolder(), "calls.db");
});

async function open(patience?: number): Promise<Stores> {
  const stores = await openStores(`file:${path}`, {
    now: Date.now,
    ...(patience === undefined ? {} : { patience }),
  });
  onTestFinished(() => stores.close());
  return stores;
}

/** As a backup or a person with sqlite3 does. */
function lock(): void {
  other = new Database(path, { timeout: 0 });
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
}

const once = (record: CallRecord | undefined): CallRecord =>
  record ? { ...record, revision: record.revision + 1 } : callRecord("CA1");

describe("while another program locks the file", () => {
  it("the server answers others, and each call's changes are saved in their order when the lock is gone", async () => {
    const server = await aServer({ storeUrl: `file:${path}` });
    lock();
    const answered: string[] = [];
    const ringing = webhook(server, "/conference/connect/client", inbound(server)).then(async (answer) => {
      answered.push("customer");
      return answer.text();
    });
    for (let n = 0; n < 5; n++) {
      expect((await fetch(`${server.localUrl}/healthz`)).status).toBe(200);
      answered.push("health");
    }
    expect(answered).toEqual(Array(5).fill("health"));
    other.exec("COMMIT");
    expect(await ringing).toContain("<Conference");
    expect((await server.calls()).map(({ id }) => id)).toEqual([CALL]);
    expect(server.errors).toEqual([]);
  });

  it("writes of one call wait in their order, none is lost, and records can be read", async () => {
    const { calls } = await open();
    const { id } = callRecord("CA1");
    await calls.update(id, once);
    lock();
    const seen: number[] = [];
    const writes = Array.from({ length: 100 }, () =>
      calls.update(id, once).then((record) => seen.push(record?.revision ?? 0)),
    );
    const elsewhere = Array.from({ length: 100 }, (_, n) =>
      calls.update(callRecord(`CB${n}`).id, () => callRecord(`CB${n}`)),
    );
    expect((await calls.get(id))?.revision).toBe(0);
    expect(seen).toEqual([]);
    other.exec("COMMIT");
    await Promise.all([...writes, ...elsewhere]);
    expect(seen).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    expect((await calls.get(id))?.revision).toBe(100);
    expect(await calls.live()).toHaveLength(101);
  });

  it("for longer than Twilio waits, the customer hears the apology; the next customer is served", async () => {
    const server = await aServer({}, { stores: await open(40) });
    lock();
    const ring = async (CallSid: string) =>
      (await webhook(server, "/conference/connect/client", inbound(server, { CallSid }))).text();
    expect(await ring(CALL)).toMatch(/<Say.*<Hangup\/>/);
    expect(server.errors).toMatchObject([{ code: "store-locked", message: expect.stringContaining(path) }]);
    const readyz = async () => (await fetch(`${server.localUrl}/readyz`)).json();
    expect(await readyz()).toMatchObject({
      missing: ["store"],
      reasons: ["Another program locks the store."],
    });
    other.exec("COMMIT");
    expect(await ring(`CA${"7".repeat(32)}`)).toContain("<Conference");
    expect(await readyz()).toMatchObject({ status: "ready" });
  });

  it("a server that starts waits for it", async () => {
    await (await open()).close();
    lock();
    const opening = open();
    setTimeout(() => other.exec("COMMIT"), 1);
    expect(await (await opening).calls.live()).toEqual([]);
  });
});
