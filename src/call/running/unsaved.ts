import type { CallStore } from "../ports.ts";
import type { CallId, CallRecord } from "../types.ts";

/** A store of call records that remembers what it could not save, and saves it with the next change of the same call. */
export interface RememberingStore extends CallStore {
  /** What this call has become, and the store could not save. */
  remember(record: CallRecord): void;
  /** What is remembered of a call; undefined when the store has everything. */
  unsaved(id: CallId): CallRecord | undefined;
}

/** @param store its changes of one call come one after another, as the coordinator makes them */
export function createRememberingStore(store: CallStore): RememberingStore {
  const remembered = new Map<CallId, CallRecord>();
  return {
    ...store,
    get: async (id) => remembered.get(id) ?? store.get(id),
    async update(id, change) {
      const saved = await store.update(id, (current) => change(remembered.get(id) ?? current));
      remembered.delete(id);
      return saved;
    },
    remember: (record) => void remembered.set(record.id, record),
    unsaved: (id) => remembered.get(id),
  };
}
