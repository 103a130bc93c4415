/** Thrown by Ctrl-C. The command exits with 130 and prints no error. */
export class InterruptedError extends Error {
  constructor() {
    super("Interrupted.");
    this.name = "InterruptedError";
  }
}

/** Awaits the work, or rejects with InterruptedError on Ctrl-C; a late result is dropped. */
export function orInterrupted<T>(interrupted: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const interrupt = (): void => reject(new InterruptedError());
    if (interrupted.aborted) interrupt();
    interrupted.addEventListener("abort", interrupt, { once: true });
    work.then(resolve, reject).finally(() => interrupted.removeEventListener("abort", interrupt));
  });
}
