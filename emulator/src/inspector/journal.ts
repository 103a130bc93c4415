import type { Clock } from "../clock.ts";
import type { EngineEvent } from "../engine/engine.ts";

/** Something that happened: a request or its answer, by its number in the list of its kind, or an event of the engine. */
export type Happening =
  | { readonly kind: "webhook" | "webhook-answer" | "request" | "request-answer"; readonly id: number }
  | { readonly kind: "event"; readonly event: EngineEvent };

/** @property at ms since 1970, on the emulator's clock */
export type Entry = Happening & { readonly at: number };

/** What happened, in order, on one clock: the lists of webhooks, requests and events have no order among each other. */
export interface Journal {
  /** Oldest first; the oldest ones make room. */
  readonly entries: readonly Entry[];
  add(happening: Happening): void;
  /** Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

const KEPT = 10_000;
/** The oldest make room together: to move the others costs as much for one as for many. */
const DROPPED = 1_000;

export function createJournal(clock: Pick<Clock, "now">): Journal {
  const entries: Entry[] = [];
  const listeners = new Set<() => void>();
  return {
    entries,
    add(happening) {
      entries.push({ ...happening, at: clock.now() });
      if (entries.length >= KEPT + DROPPED) entries.splice(0, DROPPED);
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
