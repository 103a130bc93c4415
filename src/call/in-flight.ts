/** Work that has begun and not ended. */
export interface InFlight {
  /** Counts a piece of work until it settles; passes it on. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way, also what began meanwhile. */
  idle(): Promise<void>;
}

/** Begins with nothing under way. */
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
