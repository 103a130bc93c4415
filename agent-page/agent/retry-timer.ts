export interface RetryTimer {
  /** Acts after `ms`, unless an earlier try is scheduled. */
  readonly within: (ms: number) => void;
  /**
   * Acts after about 1 s, 2 s, 4 s, … up to the longest pause, counted since the last `settle`; each up to half longer or
   * shorter, so that the pages of a server that comes back do not all ask at once.
   */
  readonly backOff: () => void;
  /** Cancels the next try and resets the back-off. */
  readonly settle: () => void;
  readonly stop: () => void;
}

/** Schedules the next try of `act`, one at a time. `longestMs`: the longest back-off. */
export function retryTimer(act: () => void, longestMs = 30_000): RetryTimer {
  let timer: number | undefined;
  let dueAt = Infinity;
  let attempt = 0;
  let isStopped = false;
  const cancel = (): void => {
    clearTimeout(timer);
    dueAt = Infinity;
  };
  const within = (ms: number): void => {
    const at = performance.now() + ms;
    if (isStopped || at >= dueAt) return;
    cancel();
    dueAt = at;
    timer = window.setTimeout(() => {
      dueAt = Infinity;
      act();
    }, ms);
  };
  return {
    within,
    backOff: () => within(Math.min(longestMs, 1_000 * 2 ** Math.min(attempt++, 5) * (0.5 + Math.random()))),
    settle: () => {
      cancel();
      attempt = 0;
    },
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
