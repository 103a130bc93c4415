import { beforeEach, describe, expect, it } from "vitest";
import { newCallRecord } from "../../../src/call/legs.ts";
import type { CallStore } from "../../../src/call/ports.ts";
import type { CallId, CallRecord } from "../../../src/call/types.ts";

const callId = (name: string): CallId => name as CallId;

export function callRecord(name: string, startedAt = 1): CallRecord {
  const fact = { kind: "customer-called", at: startedAt, call: callId(name), number: "+15550100" } as const;
  return newCallRecord(fact, { maxCallMinutes: 240 });
}

/** A call that has ended, of which nothing is left at Twilio. */
export const finished = (record: CallRecord, at = 4): CallRecord => ({
  ...record,
  endedAt: at,
  conferenceEnd: { at, by: null },
});

function counted(record: CallRecord | undefined): CallRecord {
  return record ? { ...record, revision: record.revision + 1 } : callRecord("CA1");
}

/**
 * What every store of calls must do.
 * @param open makes a store over what the last one of the same test has stored
 * @param reset throws that away
 */
export function callStoreSuite(
  name: string,
  open: () => CallStore | Promise<CallStore>,
  reset: () => void | Promise<void>,
): void {
  describe(`a store of calls, ${name}`, () => {
    beforeEach(reset);

    it("knows nothing of a call that was never saved", async () => {
      const store = await open();
      expect(await store.get(callId("CA1"))).toBeUndefined();
      expect(await store.live()).toEqual([]);
    });

    it("gives back what was saved, also after it is opened anew", async () => {
      const record = callRecord("CA1");
      await (await open()).update(record.id, () => record);
      expect(await (await open()).get(record.id)).toEqual(record);
      expect(await (await open()).live()).toEqual([record]);
    });

    it("hands out copies: changing one changes nothing that is stored", async () => {
      const store = await open();
      await store.update(callId("CA1"), () => callRecord("CA1"));
      const copy = await store.get(callId("CA1"));
      Object.assign(copy ?? {}, { endedBy: "error" });
      expect((await store.get(callId("CA1")))?.endedBy).toBeNull();
    });

    it("runs changes of one call one after the other: none is lost", async () => {
      const store = await open();
      await Promise.all(Array.from({ length: 20 }, () => store.update(callId("CA1"), counted)));
      expect((await store.get(callId("CA1")))?.revision).toBe(19);
    });

    it("saves nothing when a change returns the same value, and creates nothing for undefined", async () => {
      const store = await open();
      await store.update(callId("CA1"), () => callRecord("CA1"));
      const result = await store.update(callId("CA1"), (current) => current);
      expect(result).toEqual(callRecord("CA1"));
      expect(await store.update(callId("CA2"), () => undefined)).toBeUndefined();
      expect(await store.get(callId("CA2"))).toBeUndefined();
    });

    it("goes on after a change that throws, with the record as it was", async () => {
      const store = await open();
      await store.update(callId("CA1"), () => callRecord("CA1"));
      const failing = store.update(callId("CA1"), () => {
        throw new Error("a change's own trouble");
      });
      const next = store.update(callId("CA1"), counted);
      await expect(failing).rejects.toThrow("own trouble");
      expect((await next)?.revision).toBe(1);
    });

    it("lists live calls, the oldest first, and keeps ended ones to be asked for", async () => {
      const store = await open();
      const records = [callRecord("CA3", 3), callRecord("CA1", 1), callRecord("CA2", 2)];
      await Promise.all(records.map((record) => store.update(record.id, () => record)));
      await store.update(callId("CA1"), (current) => current && { ...current, endedAt: 4 });
      expect((await store.live()).map(({ id }) => id)).toEqual(["CA2", "CA3"]);
      expect((await store.get(callId("CA1")))?.endedAt).toBe(4);
    });

    it("lists a call again that turns out not to have ended", async () => {
      const store = await open();
      await store.update(callId("CA1"), () => ({ ...callRecord("CA1"), endedAt: 4 }));
      expect(await store.live()).toEqual([]);
      await store.update(callId("CA1"), (current) => current && { ...current, endedAt: null });
      expect((await store.live()).map(({ id }) => id)).toEqual(["CA1"]);
      expect(await store.ended(0)).toEqual([]);
    });

    it("keeps a call that has ended at hand until nothing of it is left at Twilio", async () => {
      const store = await open();
      const records = [callRecord("CA2", 2), { ...callRecord("CA1", 1), endedAt: 4 }];
      for (const record of [...records, finished(callRecord("CA3", 3))])
        await store.update(record.id, () => record);
      const ids = async (): Promise<CallId[]> => (await store.unfinished()).map(({ id }) => id);
      expect(await ids()).toEqual(["CA1", "CA2"]);
      expect((await store.live()).map(({ id }) => id)).toEqual(["CA2"]);
      expect((await store.ended(0)).map(({ id }) => id).toSorted()).toEqual(["CA1", "CA3"]);
      await store.update(callId("CA1"), (current) => current && finished(current));
      expect(await ids()).toEqual(["CA2"]);
      expect((await store.ended(0)).map(({ id }) => id).toSorted()).toEqual(["CA1", "CA3"]);
    });

    it("tells which calls have ended since a time, the newest first, and each once", async () => {
      const store = await open();
      for (const [name, endedAt] of Object.entries({ CA1: 10, CA2: 30, CA3: 20, CA4: null }))
        await store.update(callId(name), () => ({ ...callRecord(name), endedAt }));
      const ended = async (since: number): Promise<CallId[]> =>
        (await store.ended(since)).map(({ id }) => id);
      expect(await ended(0)).toEqual(["CA2", "CA3", "CA1"]);
      expect(await ended(20)).toEqual(["CA2", "CA3"]);
      expect(await ended(31)).toEqual([]);
    });

    it("takes what is told late of an ended call, and keeps it ended", async () => {
      const store = await open();
      await store.update(callId("CA1"), () => callRecord("CA1"));
      await store.update(callId("CA1"), (current) => current && { ...current, endedAt: 4 });
      const late = await store.update(callId("CA1"), counted);
      expect(late).toMatchObject({ endedAt: 4, revision: 1 });
      expect(await store.get(callId("CA1"))).toEqual(late);
      expect(await store.ended(0)).toEqual([late]);
      expect(await store.live()).toEqual([]);
    });

    it("lists 1,000 live calls whole, while others come and end", async () => {
      const store = await open();
      const names = Array.from({ length: 1_000 }, (_, n) => `CA${n}`);
      await Promise.all(names.map((name) => store.update(callId(name), () => callRecord(name))));
      const [listed] = await Promise.all([
        store.live(),
        store.update(callId("CAnew"), () => callRecord("CAnew")),
        store.update(callId("CA7"), (current) => current && { ...current, endedAt: 4 }),
      ]);
      const ids = new Set<string>(listed.map(({ id }) => id));
      expect(names.filter((name) => name !== "CA7" && !ids.has(name))).toEqual([]);
      expect(ids.size).toBe(listed.length);
    });
  });
}
