/** Work that goes on after a function of the engine has returned. */
export interface Turns {
  /** Runs `fn` in a later macrotask, after the engine's caller has sent its answer. */
  later(fn: () => void): void;
  /** Counts a promise as work in progress until it settles. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Does not count work while it waits for the clock or for other work. */
  pause<T>(waiting: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way and nothing waits for its turn. */
  settled(): Promise<void>;
}

/** @param flush waits for what others have not answered yet; answers whether there was anything */
export function createTurns(flush: () => Promise<boolean> = async () => false): Turns {
  let open = 0;
  const isBusy = (): boolean => open > 0;
  const waiting = new Set<() => void>();
  const close = (): void => {
    open--;
    if (open > 0) return;
    for (const wake of waiting) wake();
    waiting.clear();
  };
  const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    later(fn) {
      open++;
      setImmediate(() => {
        try {
          fn();
        } finally {
          close();
        }
      });
    },
    track(work) {
      open++;
      return work.finally(close);
    },
    pause(waiting) {
      close();
      return waiting.finally(() => void open++);
    },
    async settled() {
      do {
        for (let quiet = 0; quiet < 3; quiet++) {
          while (isBusy()) {
            quiet = 0;
            await new Promise<void>((resolve) => waiting.add(resolve));
          }
          await immediate();
        }
      } while (await flush());
    },
  };
}
