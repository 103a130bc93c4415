import type { CallId, CallRecord, Time } from "./types.ts";
import { isWaiting } from "./next-agent.ts";

/** The calls whose customer has nobody. */
export interface WaitingRoom {
  /** Takes a call in or out, by its record. */
  note(record: CallRecord): void;
  /** Longest waiting first. */
  calls(): CallId[];
}

/** Begins empty. */
export function createWaitingRoom(): WaitingRoom {
  const since = new Map<CallId, Time>();
  return {
    note(record) {
      if (isWaiting(record)) since.set(record.id, record.startedAt);
      else since.delete(record.id);
    },
    calls: () => [...since].sort(([, a], [, b]) => a - b).map(([call]) => call),
  };
}
