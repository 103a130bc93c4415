/** Values as they come, and promises of those that are waited for. */
export interface WaitingList<Value> {
  /** Oldest first. */
  readonly seen: readonly Value[];
  add(value: Value): void;
  /** The first value, seen or to come, that passes the test. */
  first(test: (value: Value) => boolean): Promise<Value>;
  /** The newest value if it passes the test, else the first to come that does. */
  next(test: (value: Value) => boolean): Promise<Value>;
}

/** Begins without values. */
export function createWaitingList<Value>(): WaitingList<Value> {
  const seen: Value[] = [];
  const waiting = new Set<(value: Value) => void>();
  const toCome = (test: (value: Value) => boolean): Promise<Value> =>
    new Promise((resolve) => {
      const look = (value: Value): void => {
        if (!test(value)) return;
        waiting.delete(look);
        resolve(value);
      };
      waiting.add(look);
    });
  const orToCome = (found: Value | undefined, test: (value: Value) => boolean): Promise<Value> =>
    found === undefined ? toCome(test) : Promise.resolve(found);
  return {
    seen,
    add(value) {
      seen.push(value);
      for (const look of waiting) look(value);
    },
    first: (test) => orToCome(seen.find(test), test),
    next: (test) => orToCome(seen.slice(-1).find(test), test),
  };
}
