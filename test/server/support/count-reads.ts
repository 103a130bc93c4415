import type { CallStore } from "../../../src/call/ports.ts";

/** How often a store of calls was read: records one by one, and lists of them. */
export interface Reads {
  records: number;
  lists: number;
}

/** The same store, and its reads counted. A change reads its own record, which is not counted. */
export function countReads(store: CallStore): { calls: CallStore; reads: Reads } {
  const reads: Reads = { records: 0, lists: 0 };
  const list = <Args extends unknown[], Result>(read: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      reads.lists += 1;
      return read(...args);
    };
  };
  const calls: CallStore = {
    ...store,
    get(id) {
      reads.records += 1;
      return store.get(id);
    },
    unfinished: list(() => store.unfinished()),
    live: list(() => store.live()),
    ended: list((since) => store.ended(since)),
  };
  return { calls, reads };
}
