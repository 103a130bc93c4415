import type { CallId, CallRecord } from "./types.ts";

/** The records of calls that have not ended, in memory: looking at them costs no read of the store. */
export interface LiveCalls {
  /** After each saved change. */
  note(record: CallRecord): void;
  /** A call that an earlier server left. */
  takeUp(record: CallRecord): void;
  get(id: CallId): CallRecord | undefined;
  /** Oldest first. */
  all(): CallRecord[];
}

export function createLiveCalls(): LiveCalls {
  const calls = new Map<CallId, CallRecord>();
  const note = (record: CallRecord): void => {
    if (record.endedAt === null) calls.set(record.id, record);
    else calls.delete(record.id);
  };
  return {
    note,
    takeUp: note,
    get: (id) => calls.get(id),
    all: () => [...calls.values()].sort((a, b) => a.startedAt - b.startedAt),
  };
}
