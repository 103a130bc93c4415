/** Who wants to be told something. */
export interface Listeners<T> {
  /** Returns the way to stop. */
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
}

/** Begins with nobody. What a listener throws comes out of `tell`. */
export function createListeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell: (value) => all.forEach((listener) => listener(value)),
  };
}
