/** Runs the work of one key one piece after another, in the order of the calls. Different keys do not wait for each other. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

const NOTHING = Promise.resolve();

/** Forgets keys without waiting work. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    // The caller of the previous work gets that work's failure.
    const turn = (last.get(key) ?? NOTHING).then(work, work);
    last.set(key, turn);
    const forget = (): void => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}

/** Work in progress. */
export interface InFlight {
  /** Counts a piece of work until it settles; returns it. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when no work is in progress, including work that began meanwhile. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  const pending = new Set<Promise<unknown>>();
  return {
    track(work) {
      const forget = (): void => void pending.delete(settled);
      const settled: Promise<void> = work.then(forget, forget);
      pending.add(settled);
      return work;
    },
    async idle() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

/** Runs the same work for each added key, a few keys at a time. Adding a key that already waits changes nothing. */
export interface Queue<Key> {
  add(key: Key): void;
  /** Forgets waiting keys; work in progress goes on. */
  stop(): void;
}

/** @param work must not reject */
export function createQueue<Key>(atOnce: number, work: (key: Key) => Promise<void>): Queue<Key> {
  const waiting = new Set<Key>();
  const running = new Set<Key>();
  let isStopped = false;
  const run = async (key: Key): Promise<void> => {
    running.add(key);
    await work(key);
    running.delete(key);
    next();
  };
  const next = (): void => {
    for (const key of waiting) {
      if (isStopped || running.size >= atOnce) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      void run(key);
    }
  };
  return {
    add(key) {
      waiting.add(key);
      next();
    },
    stop() {
      isStopped = true;
      waiting.clear();
    },
  };
}
