/** Thrown when somebody presses Ctrl-C at a question: the command ends with 130 and says nothing more. */
export class InterruptedError extends Error {
  constructor() {
    super("Interrupted.");
    this.name = "InterruptedError";
  }
}

/** What a work yields, or an InterruptedError as soon as the command is asked to end; what the work yields then is dropped. */
export function orInterrupted<T>(interrupted: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const interrupt = (): void => reject(new InterruptedError());
    if (interrupted.aborted) interrupt();
    interrupted.addEventListener("abort", interrupt, { once: true });
    work.then(resolve, reject).finally(() => interrupted.removeEventListener("abort", interrupt));
  });
}
