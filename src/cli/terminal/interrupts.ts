import type { EventEmitter } from "node:events";
import type { AppError } from "../../errors.ts";

/** One Ctrl-C may come twice: from the terminal to the whole group of processes, and passed on by npm. */
const ECHO_MS = 250;
/** How long a command may take to end once it was asked to, if it does not say. */
const GRACE_MS = 3000;

/** How a command takes its leave. */
export interface Shutdown {
  /** From now on the command may take this long to end, in ms; calls are waited for. Without it: 3 s. */
  extendGrace(ms: number): void;
  /** What stays undone if the command is left before it has ended; told then, with what to type. Null: nothing. */
  setPendingError(error: AppError | null): void;
  /** From now on SIGHUP calls this instead of ending the command. Null: it ends the command again. */
  onSighup(act: (() => void) | null): void;
}

export interface Interrupts {
  /** Aborted by the first Ctrl-C, by SIGTERM, SIGHUP, or when nobody reads stdout any more. */
  readonly interrupted: AbortSignal;
  /** Nobody reads what is written any more, and that is why the command was asked to end. */
  readonly isOutputClosed: () => boolean;
  /** Resolves with what is owed: with the second request, or when the time to end is over. */
  readonly forced: Promise<AppError | null>;
  readonly shutdown: Shutdown;
}

/** The time to end: it runs from when it was asked for, or from when more of it is taken. */
function createGrace(onOver: () => void): { start(): void; extend(ms: number): void } {
  let ms = GRACE_MS;
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onOver, ms).unref();
  };
  return {
    start,
    extend(longer) {
      ms = longer;
      if (timer) start();
    },
  };
}

/** Listens for requests to end. A closed pipe counts as one: `warm-transfer … | head -1` must not live on. */
export function watchInterrupts(
  process: EventEmitter,
  outputs: readonly EventEmitter[],
  now: () => number = () => performance.now(),
): Interrupts {
  const controller = new AbortController();
  let pendingError: AppError | null = null;
  let force: () => void = () => undefined;
  const forced = new Promise<AppError | null>((resolve) => (force = () => resolve(pendingError)));
  const grace = createGrace(force);
  let first = 0;
  const onRequest = (): void => {
    if (controller.signal.aborted && now() - first > ECHO_MS) force();
    if (controller.signal.aborted) return;
    first = now();
    grace.start();
    controller.abort();
  };
  let hangUp: (() => void) | null = null;
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, onRequest);
  process.on("SIGHUP", () => (hangUp ?? onRequest)());
  let isOutputClosed = false;
  const onClosed = (): void => {
    isOutputClosed ||= !controller.signal.aborted;
    onRequest();
  };
  for (const output of outputs) output.on("error", onClosed);
  const shutdown: Shutdown = {
    extendGrace: (ms) => grace.extend(ms),
    setPendingError: (error) => void (pendingError = error),
    onSighup: (act) => void (hangUp = act),
  };
  return { interrupted: controller.signal, isOutputClosed: () => isOutputClosed, forced, shutdown };
}

/** Resolves when a command is asked to end; at once if it has been. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
