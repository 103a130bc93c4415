import { Keyv } from "keyv";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CallStore } from "../../src/call/ports.ts";
import { createCallStore } from "../../src/store/call-store.ts";
import { callRecord, callStoreSuite } from "./support/call-store-suite.ts";

let shelf = new Map<string, unknown>();
const open = (): Keyv => new Keyv({ store: shelf, namespace: "calls", throwOnErrors: true });

callStoreSuite(
  "in memory",
  () => createCallStore(open()),
  () => void (shelf = new Map()),
);

describe("a store of calls over Keyv", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("forgets an ended call after its time, and never a live one", async () => {
    vi.useFakeTimers();
    const store = createCallStore(open(), 1_000);
    const [live, ended] = [callRecord("CA1"), { ...callRecord("CA2"), endedAt: 1 }];
    await store.update(live.id, () => live);
    await store.update(ended.id, () => ended);
    vi.advanceTimersByTime(999);
    expect(await store.get(ended.id)).toEqual(ended);
    vi.advanceTimersByTime(2);
    expect(await store.get(ended.id)).toBeUndefined();
    expect(await store.get(live.id)).toEqual(live);
  });

  it("tells a failing store from an empty one, and goes on when it works again", async () => {
    let isBroken = true;
    const fails = (): void => {
      if (isBroken) throw new Error("disk I/O error");
    };
    const working = new Map<string, unknown>();
    const broken = Object.assign(new Map<string, unknown>(), {
      get: (key: string) => (fails(), working.get(key)),
      set: (key: string, value: unknown) => (fails(), working.set(key, value)),
      [Symbol.iterator]: () => (fails(), working[Symbol.iterator]()),
    });
    const store = createCallStore(new Keyv({ store: broken, namespace: "calls", throwOnErrors: true }));
    const record = callRecord("CA1");
    const save = (): Promise<unknown> => store.update(record.id, () => record);
    await expect(store.get(record.id)).rejects.toThrow("disk I/O error");
    await expect(save()).rejects.toThrow("disk I/O error");
    await expect(store.live()).rejects.toThrow("disk I/O error");
    isBroken = false;
    expect(await store.live()).toEqual([]);
    await save();
    expect(await store.live()).toEqual([record]);
  });

  it("refuses a store whose calls could not be found again", async () => {
    const nothing = (): undefined => undefined;
    const store = { get: nothing, set: nothing, delete: nothing, clear: nothing };
    const calls = createCallStore(new Keyv({ store, namespace: "calls", throwOnErrors: true }));
    await expect(calls.live()).rejects.toThrow("cannot list");
  });

  it("knows when opened anew which calls are live, beside whatever else is stored", async () => {
    await open().set("other", "thing");
    const first = createCallStore(open());
    const [live, ended] = [callRecord("CA1"), { ...callRecord("CA2"), endedAt: 1 }];
    for (const record of [live, ended]) await first.update(record.id, () => record);
    const second = createCallStore(open());
    expect(await second.live()).toEqual([live]);
    await second.update(live.id, () => ({ ...live, endedAt: 2 }));
    expect(await second.live()).toEqual([]);
    expect(await createCallStore(open()).live()).toEqual([]);
  });

  it("reads only live calls to list them, however many have ended", async () => {
    const reads: string[] = [];
    const counting = new Map<string, unknown>();
    const get = counting.get.bind(counting);
    counting.get = (key) => {
      reads.push(key);
      return get(key);
    };
    const openCounting = (): CallStore =>
      createCallStore(new Keyv({ store: counting, namespace: "calls", throwOnErrors: true }));
    const store = openCounting();
    for (let n = 0; n < 50; n++) {
      const record = callRecord(`CA${n}`);
      await store.update(record.id, () => record);
      if (n < 49) await store.update(record.id, () => ({ ...record, endedAt: 1 }));
    }
    for (const opened of [store, openCounting()]) {
      reads.length = 0;
      expect(await opened.live()).toHaveLength(1);
      expect(reads).toHaveLength(1);
    }
  });
});
