/** Runs work of one key one after another, in the order in which it was given; different keys do not wait. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

const NOTHING = Promise.resolve();

/** Forgets keys that nobody waits for. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    // Whoever asked for the one before was told of its failure.
    const turn = (last.get(key) ?? NOTHING).then(work, work);
    last.set(key, turn);
    const forget = (): void => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}

/** Work that has begun and not ended. */
export interface InFlight {
  /** Counts a piece of work until it settles; returns it. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way, not even what began meanwhile. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  const underWay = new Set<Promise<unknown>>();
  return {
    track(work) {
      const forget = (): void => void underWay.delete(settled);
      const settled: Promise<void> = work.then(forget, forget);
      underWay.add(settled);
      return work;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Does the same work for each key that is added, some keys at a time; a key that waits already is not added twice. */
export interface Queue<Key> {
  add(key: Key): void;
  /** Forgets what waits; what has begun goes on. */
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
