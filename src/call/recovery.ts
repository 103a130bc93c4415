import type { CallStore } from "./ports.ts";
import type { CallRecord } from "./types.ts";

/**
 * Takes up the calls of which something was up when the server was last stopped: once, or again if the store could not be read.
 * @returns to be awaited before anything is decided; throws what the store throws
 */
export function createRecovery(store: CallStore, takeUp: (record: CallRecord) => void): () => Promise<void> {
  let recovery: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    try {
      (await store.unfinished()).forEach(takeUp);
    } catch (error) {
      recovery = undefined;
      throw error;
    }
  };
  return () => {
    recovery ??= load();
    return recovery;
  };
}
