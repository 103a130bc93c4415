import { join } from "node:path";
import type { Keyv } from "keyv";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCallStore } from "../../../src/store/call-store.ts";
import { libsqlKeyv } from "../../../src/store/sqlite/libsql-keyv.ts";
import { type StoreFile, openStoreFile } from "../../../src/store/sqlite/store-file.ts";
import { createWriteProbe } from "../../../src/store/sqlite/write-probe.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { type TestServer, aServer } from "../support/start-server.ts";
import { inbound, webhook } from "../support/webhooks.ts";

const now = Date.now;

/** A server on a file, with a clock of its own for how long a write counts as fresh. */
async function onFile(): Promise<{
  server: TestServer;
  file: StoreFile;
  later: () => void;
  writes: () => number;
}> {
  const file = await openStoreFile(join(temporaryFolder(), "calls.db"));
  onTestFinished(() => file.close());
  const keyv = (table: string): Promise<Keyv> => libsqlKeyv(file, table, { now });
  const calls = createCallStore({ live: await keyv("live"), ended: await keyv("ended") });
  let [time, writes] = [0, 0];
  const counted: StoreFile = {
    ...file,
    write(work) {
      writes += 1;
      return file.write(work);
    },
  };
  const server = await aServer({}, { stores: { calls, probe: createWriteProbe(counted, () => time) } });
  return { server, file, later: () => void (time += 5_000), writes: () => writes };
}

/** SQLite's own limit fails as a disk does that has no more room. */
function fill({ db }: StoreFile): void {
  const eat = db.prepare("INSERT INTO upkeep (k, v) VALUES (random(), hex(zeroblob(1000)))");
  db.exec("PRAGMA max_page_count = 1");
  expect(() => {
    for (;;) eat.run();
  }).toThrow("full");
}
const free = ({ db }: StoreFile): void => void db.exec("PRAGMA max_page_count = 100000");

const readyz = async ({ localUrl }: TestServer): Promise<unknown> =>
  (await fetch(`${localUrl}/readyz`)).json();

async function rings(server: TestServer, n: number): Promise<string> {
  const CallSid = `CA${n.toString(16).padStart(32, "0")}`;
  return (await webhook(server, "/conference/connect/client", inbound(server, { CallSid }))).text();
}

const READY = { status: "ready", missing: [], reasons: [] };
const FULL = { status: "not-ready", missing: ["store"], reasons: ["The disk of the store is full."] };

describe("GET /readyz on a full disk", () => {
  it("is 503 with the reason even without calls, and 200 once there is space", async () => {
    const { server, file, later } = await onFile();
    expect(await readyz(server)).toEqual(READY);
    fill(file);
    later();
    expect(await readyz(server)).toEqual(FULL);
    expect((await fetch(`${server.localUrl}/readyz`)).status).toBe(503);
    free(file);
    expect(await readyz(server)).toEqual(READY);
    expect(await rings(server, 1)).toContain("<Conference");
  });

  it("is 503 at once when a customer's record could not be saved, and stays so as long as the next one would not be", async () => {
    const { server, file } = await onFile();
    expect(await readyz(server)).toEqual(READY);
    fill(file);
    let customers = 0;
    while ((await rings(server, customers)).includes("<Conference")) customers += 1;
    expect([await readyz(server), await readyz(server)]).toEqual([FULL, FULL]);
    expect(await rings(server, customers)).toContain("<Hangup/>");
    free(file);
    expect(await readyz(server)).toEqual(READY);
    expect(await rings(server, customers)).toContain("<Conference");
  });

  it("writes to the disk once in five seconds, however many requests come", async () => {
    const { server, later, writes } = await onFile();
    for (let n = 0; n < 20; n++) await readyz(server);
    expect(writes()).toBe(1);
    later();
    await readyz(server);
    expect(writes()).toBe(2);
  });

  it("leaves no file behind", async () => {
    const { server, file } = await onFile();
    await readyz(server);
    expect(file.db.prepare("SELECT count(*) FROM upkeep WHERE k = 'probe'").raw().get()).toEqual([0]);
  });
});
