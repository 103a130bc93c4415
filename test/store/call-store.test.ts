import { Keyv } from "keyv";
import { afterEach, describe, expect, it, vi } from "vitest";
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

  it("tells a failing store from an empty one", async () => {
    const broken = Object.assign(new Map<string, unknown>(), {
      get: () => {
        throw new Error("disk I/O error");
      },
    });
    const store = createCallStore(new Keyv({ store: broken, namespace: "calls", throwOnErrors: true }));
    const { id } = callRecord("CA1");
    await expect(store.get(id)).rejects.toThrow("disk I/O error");
    await expect(store.update(id, () => callRecord("CA1"))).rejects.toThrow("disk I/O error");
    await expect(store.live()).rejects.toThrow("disk I/O error");
  });

  it("reads only live calls to list them, however many have ended", async () => {
    const reads: string[] = [];
    const counting = new Map<string, unknown>();
    const get = counting.get.bind(counting);
    counting.get = (key) => {
      reads.push(key);
      return get(key);
    };
    const store = createCallStore(new Keyv({ store: counting, namespace: "calls", throwOnErrors: true }));
    for (let n = 0; n < 50; n++) {
      const record = { ...callRecord(`CA${n}`), endedAt: n < 49 ? 1 : null };
      await store.update(record.id, () => record);
    }
    reads.length = 0;
    expect(await store.live()).toHaveLength(1);
    expect(reads.filter((key) => key.includes("call:"))).toHaveLength(1);
    expect(reads.length).toBeLessThan(70);
  });
});
