import { join } from "node:path";
import type { Keyv } from "keyv";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createCallStore } from "../../src/store/call-store.ts";
import { libsqlKeyv } from "../../src/store/sqlite/libsql-keyv.ts";
import { type StoreFile, openStoreFile } from "../../src/store/sqlite/store-file.ts";
import { callRecord } from "./support/call-store-suite.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let now = 0;
let file: StoreFile;
let keyv: (namespace: string) => Promise<Keyv>;

beforeEach(async () => {
  now = Date.now();
  file = await openStoreFile(join(temporaryFolder(), "calls.db"));
  keyv = (table) => libsqlKeyv(file, table, { now: () => now });
  onTestFinished(() => file.close());
});

const rows = (): unknown => (file.db.prepare("SELECT count(*) FROM short").raw().get() as unknown[])[0];

async function allOf(store: Keyv): Promise<unknown[]> {
  const entries: unknown[] = [];
  for await (const entry of store.iterator?.(undefined) ?? []) entries.push(entry);
  return entries;
}

describe("a Keyv over a file", () => {
  it("separates its tables, also in listing and clearing", async () => {
    const [a, b] = [await keyv("a"), await keyv("ab")];
    await a.set("1", "one");
    await b.set("1", { two: 2 });
    expect([await a.get("1"), await b.get("1")]).toEqual(["one", { two: 2 }]);
    expect([await allOf(a), await allOf(b)]).toEqual([[["1", "one"]], [["1", { two: 2 }]]]);
    await a.clear();
    expect([await a.has("1"), await b.has("1")]).toEqual([false, true]);
    expect([await b.delete("1"), await b.delete("1")]).toEqual([true, false]);
  });

  it("lists more than a page, each entry once, during writes", async () => {
    const store = await keyv("many");
    const keys = Array.from({ length: 1_000 }, (_, n) => `key${n}`);
    for (const key of keys) await store.set(key, 1);
    const listing = allOf(store);
    for (const key of keys) await store.set(key, 2);
    expect((await listing).map((entry) => (entry as [string])[0]).toSorted()).toEqual(keys.toSorted());
  });

  it("keeps any text", async () => {
    const store = await keyv("texts");
    for (const text of ["", "a:b", "'; DROP TABLE texts; --", "数字", "\0", "\ud83d\ude00"]) {
      await store.set(`key ${text}`, text);
      expect(await store.get(`key ${text}`)).toBe(text);
    }
  });

  it("finds no expired entry, and deletes expired entries from time to time", async () => {
    const store = await keyv("short");
    for (let n = 0; n < 10; n++) await store.set(`old${n}`, n, 1_000);
    await store.set("kept", 1);
    now += 1_000;
    expect(await store.get("old1")).toBeUndefined();
    expect(await allOf(store)).toEqual([["kept", 1]]);
    expect(rows()).toBe(11);
    for (let n = 0; n < 1_000; n++) await store.set("kept", n);
    expect(rows()).toBe(1);
  });

  it("deletes expired entries when it is opened", async () => {
    await (await keyv("short")).set("old", 1, 1_000);
    now += 1_000;
    await keyv("short");
    expect(rows()).toBe(0);
  });

  it("throws when the disk is full, keeps all acknowledged writes, and resumes when there is space", async () => {
    const calls = createCallStore({ live: await keyv("live"), ended: await keyv("ended") });
    const save = (n: number): Promise<unknown> =>
      calls.update(callRecord(`CA${n}`).id, () => callRecord(`CA${n}`, n));
    // SQLite's own limit fails as a disk does that has no more room.
    file.db.exec("PRAGMA max_page_count = 12");
    let saved = 0;
    const error = await (async () => {
      for (; saved < 1_000; saved++) await save(saved);
    })().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      category: "internal",
      message: expect.stringContaining("The disk is full"),
      hint: expect.stringContaining("space"),
    });
    const kept = (await calls.live()).map(({ startedAt }) => startedAt);
    expect(kept).toEqual([...Array(saved).keys()]);
    file.db.exec("PRAGMA max_page_count = 1000");
    await save(saved);
    expect(await calls.live()).toHaveLength(saved + 1);
  });
});
