export interface Listeners<T> {
  /** @returns a function that removes the listener */
  add(listener: (value: T) => void): () => void;
  notify(value: T): void;
}

/** `notify` throws what a listener throws. */
export function createListeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    notify: (value) => all.forEach((listener) => listener(value)),
  };
}
