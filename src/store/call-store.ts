import type { Keyv } from "keyv";
import type { CallStore } from "../call/ports.ts";
import type { CallId, CallRecord } from "../call/types.ts";
import { createTurns } from "../call/turns.ts";
import { createLiveIndex } from "./live-index.ts";
import { memoryKeyv } from "./memory-keyv.ts";

/** How long ended calls are kept, in ms: 30 days. */
const KEEP_ENDED = 30 * 24 * 3_600_000;

const PREFIX = "call:";
const keyOf = (id: CallId): string => PREFIX + id;
const idOf = (key: string): CallId | undefined =>
  key.startsWith(PREFIX) ? (key.slice(PREFIX.length) as CallId) : undefined;

/**
 * Call records in a Keyv. One process owns it: changes of one record follow each other here, which calls are live is
 * remembered here, and Keyv itself has no compare-and-set.
 *
 * @param keyv made with `throwOnErrors`, and with an iterator; default: memory
 * @param keepEnded how long ended calls are kept, in ms
 */
export function createCallStore(keyv: Keyv = memoryKeyv("calls"), keepEnded = KEEP_ENDED): CallStore {
  const inTurn = createTurns();
  const get = (id: CallId): Promise<CallRecord | undefined> => keyv.get<CallRecord>(keyOf(id));
  const liveIds = createLiveIndex(keyv, idOf);

  const save = async (record: CallRecord): Promise<void> => {
    const live = await liveIds();
    const isLive = record.endedAt === null;
    // Listed before it is saved and until its end is saved: a save that fails in doubt loses no live call.
    if (isLive) live.add(record.id);
    await keyv.set(keyOf(record.id), record, isLive ? undefined : keepEnded);
    if (!isLive) live.delete(record.id);
  };

  return {
    get,
    update: (id, change) =>
      inTurn(keyOf(id), async () => {
        const current = await get(id);
        const changed = change(current);
        if (changed === undefined || changed === current) return current;
        await save(changed);
        return changed;
      }),
    async live() {
      // One by one: Keyv's reading of many keys answers `undefined` for a store that fails.
      const records = await Promise.all([...(await liveIds())].map(get));
      return records
        .filter((record) => record !== undefined)
        .filter((record) => record.endedAt === null)
        .sort((a, b) => a.startedAt - b.startedAt);
    },
  };
}
