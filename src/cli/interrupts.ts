import type { EventEmitter } from "node:events";

/** One Ctrl-C may come twice: from the terminal to the whole group of processes, and passed on by npm. */
const ECHO_MS = 250;
/** How long a command may take to end once it was asked to. */
const GRACE_MS = 3000;

export interface Interrupts {
  /** Aborted by the first Ctrl-C, by SIGTERM, SIGHUP, or when nobody reads stdout any more. */
  readonly asked: AbortSignal;
  /** Resolves with the second one, or when the time to end is over. */
  readonly insisted: Promise<void>;
}

/** Listens for requests to end. A closed stdout counts as one: `warm-transfer … | head -1` must not live on. */
export function watchInterrupts(
  process: EventEmitter,
  stdout: EventEmitter,
  now: () => number = Date.now,
): Interrupts {
  const asked = new AbortController();
  const insisted = new Promise<void>((resolve) => {
    let first = 0;
    const onRequest = (): void => {
      if (asked.signal.aborted && now() - first > ECHO_MS) resolve();
      if (asked.signal.aborted) return;
      first = now();
      setTimeout(resolve, GRACE_MS).unref();
      asked.abort();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, onRequest);
    stdout.on("error", onRequest);
  });
  return { asked: asked.signal, insisted };
}

/** Resolves when a command is asked to end; at once if it has been. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
