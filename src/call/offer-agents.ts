import type { CallId } from "./types.ts";

/**
 * Offers agents who have become free to the customers who wait, one call after the other, the oldest first.
 * Called again meanwhile it goes once more through all, not twice at once.
 *
 * @param waiting the calls that could use an agent now, the oldest first
 * @param offer gives one call the chance to take an agent
 */
export function createOffers(
  waiting: () => readonly CallId[],
  offer: (call: CallId) => Promise<void>,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const round = async (): Promise<void> => {
    // Several changes in one turn are one round.
    await Promise.resolve();
    do {
      again = false;
      for (const call of waiting()) await offer(call);
    } while (again);
    running = undefined;
  };
  return () => {
    again = running !== undefined;
    running ??= round();
    return running;
  };
}
