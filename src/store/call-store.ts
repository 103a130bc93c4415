import type { Keyv } from "keyv";
import type { CallStore } from "../call/ports.ts";
import type { CallId, CallRecord } from "../call/types.ts";
import { createTurns } from "../call/turns.ts";
import { memoryKeyv } from "./memory.ts";

/** How long ended calls are kept, in ms: 30 days. */
const KEEP_ENDED = 30 * 24 * 3_600_000;

const LIVE = "live";
const keyOf = (id: CallId): string => `call:${id}`;

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
  const liveIds = async (): Promise<readonly CallId[]> => (await keyv.get<CallId[]>(LIVE)) ?? [];

  const list = (id: CallId, isLive: boolean): Promise<void> =>
    inTurn(LIVE, async () => {
      const ids = await liveIds();
      const changed = withCall(ids, id, isLive);
      if (changed !== ids) await keyv.set(LIVE, changed);
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
