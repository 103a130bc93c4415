import { Keyv } from "keyv";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CallRecord } from "../../src/call/types.ts";
import { type CallKeyvs, createCallStore } from "../../src/store/call-store.ts";
import { callRecord, callStoreSuite, finished } from "./support/call-store-suite.ts";

type Entries = Map<string, unknown>;
let maps: Record<keyof CallKeyvs, Entries> = { live: new Map(), ended: new Map() };
const keyv = (store: unknown, namespace: string): Keyv => new Keyv({ store, namespace, throwOnErrors: true });
const open = (): CallKeyvs => ({ live: keyv(maps.live, "live"), ended: keyv(maps.ended, "ended") });
const empty = (): void => void (maps = { live: new Map(), ended: new Map() });

callStoreSuite("in memory", () => createCallStore(open()), empty);

/** A Map on which every access is checked first. */
function guarded(map: Entries, check: (access: "read" | "write") => void): Entries {
  return Object.assign(new Map<string, unknown>(), {
    get: (key: string) => (check("read"), map.get(key)),
    set: (key: string, value: unknown) => (check("write"), map.set(key, value)),
    delete: (key: string) => (check("write"), map.delete(key)),
    [Symbol.iterator]: () => (check("read"), map[Symbol.iterator]()),
  });
}

describe("a store of calls over Keyv", () => {
  beforeEach(empty);
  afterEach(() => {
    vi.useRealTimers();
  });

  it("forgets an ended call after its time, and never a live one", async () => {
    vi.useFakeTimers();
    const store = createCallStore(open(), 1_000);
    const [live, ended] = [callRecord("CA1"), finished(callRecord("CA2"), 1)];
    await store.update(live.id, () => live);
    await store.update(ended.id, () => ended);
    vi.advanceTimersByTime(999);
    expect(await store.get(ended.id)).toEqual(ended);
    expect(await store.ended(0)).toEqual([ended]);
    vi.advanceTimersByTime(2);
    expect(await store.get(ended.id)).toBeUndefined();
    expect(await store.ended(0)).toEqual([]);
    expect(await store.get(live.id)).toEqual(live);
  });

  it("reports a failing store as an error, not as empty, and recovers", async () => {
    let isBroken = true;
    const fails = (): void => {
      if (isBroken) throw new Error("disk I/O error");
    };
    const [live, ended] = [guarded(maps.live, fails), guarded(maps.ended, fails)];
    const store = createCallStore({ live: keyv(live, "live"), ended: keyv(ended, "ended") });
    const record = callRecord("CA1");
    const save = (): Promise<unknown> => store.update(record.id, () => record);
    await expect(store.get(record.id)).rejects.toThrow("disk I/O error");
    await expect(save()).rejects.toThrow("disk I/O error");
    await expect(store.live()).rejects.toThrow("disk I/O error");
    await expect(store.ended(0)).rejects.toThrow("disk I/O error");
    isBroken = false;
    expect(await store.live()).toEqual([]);
    await save();
    expect(await store.live()).toEqual([record]);
  });

  it("refuses a store that cannot list its calls", async () => {
    const nothing = (): undefined => undefined;
    const store = { get: nothing, set: nothing, delete: nothing, clear: nothing };
    const calls = createCallStore({ ...open(), live: keyv(store, "live") });
    await expect(calls.live()).rejects.toThrow("cannot list");
  });

  it("reads only live calls to list them, however many have ended", async () => {
    const reads: string[] = [];
    const counting = guarded(maps.ended, (access) => reads.push(access));
    const store = createCallStore({ ...open(), ended: keyv(counting, "ended") });
    for (let n = 0; n < 50; n++) {
      const record = callRecord(`CA${n}`);
      await store.update(record.id, () => record);
      if (n < 49) await store.update(record.id, () => finished(record, 1));
    }
    reads.length = 0;
    expect(await store.live()).toHaveLength(1);
    expect(reads).toEqual([]);
  });
});

describe("a process that dies while a call's end is saved", () => {
  beforeEach(empty);
  const record = callRecord("CA1");
  const over = finished(record);

  /** Saves `change` of the call with room for so many writes; no write comes through after that. */
  async function dyingAfter(writes: number, change: CallRecord): Promise<unknown> {
    let left = writes;
    const check = (access: "read" | "write"): void => {
      if (access === "write" && left-- <= 0) throw new Error("killed");
    };
    const [live, ended] = [guarded(maps.live, check), guarded(maps.ended, check)];
    const dying = createCallStore({ live: keyv(live, "live"), ended: keyv(ended, "ended") });
    return dying.update(record.id, () => change).catch((error: unknown) => error);
  }

  it.each([0, 1, 2, 3])("after %i writes leaves the call either live or ended, once", async (writes) => {
    await createCallStore(open()).update(record.id, () => record);
    const saved = await dyingAfter(writes, over);
    expect(saved).toEqual(writes === 0 ? new Error("killed") : over);
    const store = createCallStore(open());
    const [live, ended] = writes === 0 ? [[record], []] : [[], [over]];
    expect(await store.ended(0)).toEqual(ended);
    expect(await store.live()).toEqual(live);
    expect(await store.get(record.id)).toEqual([...live, ...ended][0]);
    expect(await store.ended(0)).toEqual(ended);
    expect([maps.live.size, maps.ended.size]).toEqual([live.length, ended.length]);
  });

  it.each([0, 1, 2])(
    "after %i writes of a late change leaves the call either ended or live again",
    async (writes) => {
      await createCallStore(open()).update(record.id, () => over);
      await dyingAfter(writes, record);
      const store = createCallStore(open());
      expect(await store.live()).toEqual(writes === 0 ? [] : [record]);
      expect(await store.ended(0)).toEqual(writes === 0 ? [over] : []);
      expect(await store.get(record.id)).toEqual(writes === 0 ? over : record);
    },
  );
});
