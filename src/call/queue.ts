/** Does the same for each key that is added, some at a time; a key that waits already is not added twice. */
export interface Queue<Key> {
  add(key: Key): void;
  /** What waits is forgotten; what has begun goes on. */
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
