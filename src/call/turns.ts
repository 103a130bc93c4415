/** Runs work of one key one after another, in the order in which it was given; different keys do not wait. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

const NOTHING = Promise.resolve();

/** Keys that nobody waits for are forgotten. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    // The failure of the one before was told to whoever asked for it.
    const turn = (last.get(key) ?? NOTHING).then(work, work);
    last.set(key, turn);
    const forget = (): void => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}
