import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { Keyv } from "keyv";
import type { CallStore } from "../call/ports.ts";
import { isFinished } from "../call/rules/ending.ts";
import { createTurns } from "../call/running/timing.ts";
import type { CallId, CallRecord, Time } from "../call/types.ts";
import { AppError } from "../errors.ts";

/** Expired rows are deleted after this many writes. */
const SWEEP = 1_000;

interface Row {
  text: string;
  expires: Time;
}

/**
 * Keeps values as JSON, so that a reader cannot change them. Keyv's own serializer is several times slower. Errors throw: by
 * default Keyv returns `undefined`, as for a missing record.
 *
 * @param now ms since 1970
 */
export function memoryKeyv(namespace: string, now: () => Time = Date.now): Keyv {
  const rows = new Map<string, Row>();
  let writes = 0;
  const sweep = (): void => {
    for (const [key, { expires }] of rows) if (expires <= now()) rows.delete(key);
  };
  const store = {
    // Keyv 5 iterates only over stores whose dialect it knows.
    opts: { dialect: "sqlite" },
    get: (key: string) => {
      const row = rows.get(key);
      return row && row.expires > now() ? row.text : undefined;
    },
    set(key: string, text: string, ttl?: number) {
      rows.set(key, { text, expires: ttl === undefined ? Infinity : now() + ttl });
      if (++writes % SWEEP === 0) sweep();
    },
    delete: (key: string) => rows.delete(key),
    clear: () => rows.clear(),
    *iterator() {
      for (const [key, { text, expires }] of rows) if (expires > now()) yield [key, text];
    },
  };
  return new Keyv({
    store,
    namespace,
    useKeyPrefix: false,
    throwOnErrors: true,
    serialize: JSON.stringify,
    deserialize: JSON.parse,
  });
}

/** Records per turn of the event loop. */
const BATCH = 200;

/**
 * @param keyv with call records only
 * @throws what the store throws; AppError internal for a store without an iterator
 */
async function allRecords(keyv: Keyv): Promise<CallRecord[]> {
  if (!keyv.iterator)
    throw new AppError("internal", "This kind of store cannot list its records.", {
      hint: "Use a Keyv with an iterator.",
    });
  const records: CallRecord[] = [];
  for await (const [, value] of keyv.iterator(undefined)) {
    records.push(value as CallRecord);
    if (records.length % BATCH === 0) await turnOfTheLoop();
  }
  return records;
}

/** How long ended calls are kept, in ms: 30 days. */
const KEEP_ENDED = 30 * 24 * 3_600_000;

/**
 * `live` also holds ended calls of which something is still up at Twilio. A start reads `live` only.
 */
export interface CallKeyvs {
  live: Keyv;
  ended: Keyv;
}

const inMemory = (): CallKeyvs => ({ live: memoryKeyv("live"), ended: memoryKeyv("ended") });
const isOver = (record: CallRecord | undefined): boolean => record !== undefined && isFinished(record);

/**
 * Call records in two Keyvs that one process owns. Changes of one record are serialized here, because Keyv has no
 * compare-and-set. A finished call is saved in `live`, then copied to `ended`, then removed from `live`. A live record counts
 * first, so a crash between two writes is harmless.
 *
 * @param keyvs made with `throwOnErrors`, and with iterators; default: memory
 * @param keepEnded how long ended calls are kept, in ms
 */
export function createCallStore(keyvs: CallKeyvs = inMemory(), keepEnded = KEEP_ENDED): CallStore {
  const { live, ended } = keyvs;
  const inTurn = createTurns();
  const get = async (id: CallId): Promise<CallRecord | undefined> =>
    (await live.get<CallRecord>(id)) ?? ended.get<CallRecord>(id);

  const archive = async (record: CallRecord): Promise<void> => {
    if (!isOver(record)) return void (await ended.delete(record.id));
    await ended.set(record.id, record, keepEnded);
    await live.delete(record.id);
  };
  const save = async (record: CallRecord, before: CallRecord | undefined): Promise<void> => {
    await live.set(record.id, record);
    // The record is saved. If archiving fails, the next list of live calls repeats it.
    if (isOver(record) || isOver(before)) await archive(record).catch(() => {});
  };
  const archiveLate = ({ id }: CallRecord): Promise<void> =>
    inTurn(id, async () => {
      const record = await live.get<CallRecord>(id);
      if (record && isOver(record)) await archive(record).catch(() => {});
    });

  const unfinished = async (): Promise<CallRecord[]> => {
    const records = await allRecords(live);
    await Promise.all(records.filter(isOver).map(archiveLate));
    return records.filter((record) => !isOver(record)).sort((a, b) => a.startedAt - b.startedAt);
  };

  return {
    get,
    update: (id, change) =>
      inTurn(id, async () => {
        const current = await get(id);
        const changed = change(current);
        if (changed === undefined || changed === current) return current;
        await save(changed, current);
        return changed;
      }),
    unfinished,
    live: async () => (await unfinished()).filter(({ endedAt }) => endedAt === null),
    async ended(since) {
      const [current, old] = [await allRecords(live), await allRecords(ended)];
      const newer = new Set(current.map(({ id }) => id));
      return [...current, ...old.filter(({ id }) => !newer.has(id))]
        .filter(({ endedAt }) => endedAt !== null && endedAt >= since)
        .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
    },
  };
}
