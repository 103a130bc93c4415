import type { CallStore } from "./ports.ts";
import type { CallRecord } from "./types.ts";

interface Follower {
  takeUp(record: CallRecord): void;
}

/**
 * Hands the calls that were unfinished when the last server stopped to all followers: once, or again if the store could not be read.
 * @returns a function to await before any decision; it throws what the store throws
 */
export function createRecovery(store: CallStore, followers: readonly Follower[]): () => Promise<void> {
  let recovery: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    try {
      for (const record of await store.unfinished())
        for (const follower of followers) follower.takeUp(record);
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
