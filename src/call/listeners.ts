import type { CallRecord } from "./types.ts";

type Listener = (after: CallRecord, before: CallRecord | undefined) => void;

/** Who wants to hear of each saved change. */
export interface Listeners {
  /** Returns the way to stop. */
  add(listener: Listener): () => void;
  tell(after: CallRecord, before: CallRecord | undefined): void;
}

/** @param onError gets what a listener throws; the others, and the call, go on */
export function createListeners(onError: (error: unknown, record: CallRecord) => void): Listeners {
  const listeners = new Set<Listener>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(after, before) {
      for (const listener of listeners) {
        try {
          listener(after, before);
        } catch (error) {
          onError(error, after);
        }
      }
    },
  };
}
