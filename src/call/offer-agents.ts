import type { CallId } from "./types.ts";

/** Who offers what to whom. */
export interface Offering {
  /** Is there anything left to offer? */
  readonly hasFreeAgent: () => boolean;
  /** The calls that could use an agent now, the oldest first. */
  readonly waiting: () => readonly CallId[];
  /** Gives one call the chance to take an agent. */
  readonly offer: (call: CallId) => Promise<unknown>;
}

/**
 * Offers agents who have become free to the customers who wait, one call after the other, the oldest first.
 * Called again meanwhile it goes once more through all, not twice at once.
 */
export function createOffers({ hasFreeAgent, waiting, offer }: Offering): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const round = async (): Promise<void> => {
    // Several changes in one turn are one round.
    await Promise.resolve();
    do {
      again = false;
      for (const call of hasFreeAgent() ? waiting() : []) if (hasFreeAgent()) await offer(call);
    } while (again);
    running = undefined;
  };
  return () => {
    again = running !== undefined;
    running ??= round();
    return running;
  };
}
