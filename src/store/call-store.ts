import type { Keyv } from "keyv";
import type { CallStore } from "../call/ports.ts";
import type { CallId, CallRecord } from "../call/types.ts";
import { createTurns } from "../call/turns.ts";
import { memoryKeyv } from "./memory-keyv.ts";

/** How long ended calls are kept, in ms: 30 days. */
const KEEP_ENDED = 30 * 24 * 3_600_000;

const keyOf = (id: CallId): string => `call:${id}`;

/** Live calls are listed under several keys, so that a list stays short however many they are. */
const LISTS = Array.from({ length: 64 }, (_, index) => `live:${index}`);

function listOf(id: CallId): string {
  let sum = 0;
  for (let index = 0; index < id.length; index++) sum = (sum * 31 + id.charCodeAt(index)) % 65_521;
  return LISTS[sum % LISTS.length] ?? "live:0";
}

/** What a change makes of the list of live calls. */
function withCall(ids: readonly CallId[], id: CallId, isLive: boolean): readonly CallId[] {
  if (ids.includes(id) === isLive) return ids;
  return isLive ? [...ids, id] : ids.filter((other) => other !== id);
}

/**
 * Call records in a Keyv. One process owns it: changes of one record follow each other here, and Keyv itself has no
 * compare-and-set.
 *
 * @param keyv made with `throwOnErrors`; default: memory
 * @param keepEnded how long ended calls are kept, in ms
 */
export function createCallStore(keyv: Keyv = memoryKeyv("calls"), keepEnded = KEEP_ENDED): CallStore {
  const inTurn = createTurns();
  const get = (id: CallId): Promise<CallRecord | undefined> => keyv.get<CallRecord>(keyOf(id));
  // One by one: Keyv's reading of many keys answers `undefined` for a store that fails.
  const liveIds = async (): Promise<CallId[]> => {
    const lists = await Promise.all(LISTS.map((list) => keyv.get<CallId[]>(list)));
    return lists.flatMap((ids) => ids ?? []);
  };

  const list = (id: CallId, isLive: boolean): Promise<void> =>
    inTurn(listOf(id), async () => {
      const ids = (await keyv.get<CallId[]>(listOf(id))) ?? [];
      const changed = withCall(ids, id, isLive);
      if (changed !== ids) await keyv.set(listOf(id), changed);
    });

  const save = async (record: CallRecord, isNew: boolean): Promise<void> => {
    const isLive = record.endedAt === null;
    // Listed before it is saved and until its end is saved: a crash in between loses no live call.
    if (isLive && isNew) await list(record.id, true);
    await keyv.set(keyOf(record.id), record, isLive ? undefined : keepEnded);
    if (!isLive) await list(record.id, false);
  };

  return {
    get,
    update: (id, change) =>
      inTurn(keyOf(id), async () => {
        const current = await get(id);
        const changed = change(current);
        if (changed === undefined || changed === current) return current;
        const wasLive = current !== undefined && current.endedAt === null;
        await save(changed, !wasLive);
        return changed;
      }),
    async live() {
      const records = await Promise.all((await liveIds()).map(get));
      return records
        .filter((record) => record !== undefined)
        .filter((record) => record.endedAt === null)
        .sort((a, b) => a.startedAt - b.startedAt);
    },
  };
}
