import type { CallId, CallRecord } from "./types.ts";

/** The records of calls that have not ended, in memory: looking at them costs no read of the store. */
export interface LiveCalls {
  /** After each saved change, and for each call that is taken up. */
  note(record: CallRecord): void;
  get(id: CallId): CallRecord | undefined;
  /** Oldest first. */
  all(): CallRecord[];
}

export function createLiveCalls(): LiveCalls {
  const calls = new Map<CallId, CallRecord>();
  return {
    note(record) {
      if (record.endedAt === null) calls.set(record.id, record);
      else calls.delete(record.id);
    },
    get: (id) => calls.get(id),
    all: () => [...calls.values()].sort((a, b) => a.startedAt - b.startedAt),
  };
}
