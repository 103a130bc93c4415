import type { EventEmitter } from "node:events";
import type { AppError } from "../../errors.ts";

/** One Ctrl-C may arrive twice: from the terminal to the process group, and forwarded by npm. */
const ECHO_MS = 250;
/** Default time between an interrupt and a forced exit. */
const GRACE_MS = 3000;

/** Controls what an interrupt does to a command. */
export interface Shutdown {
  /** Allows this many ms between an interrupt and a forced exit. Default: 3 s. */
  extendGrace(ms: number): void;
  /** The error to print if the command is forced to exit before its work is complete. Null: none. */
  setPendingError(error: AppError | null): void;
  /** Replaces the effect of SIGHUP. Null: it interrupts the command again. */
  onSighup(act: (() => void) | null): void;
}

export interface Interrupts {
  /** Aborted by the first Ctrl-C, SIGTERM, SIGHUP, or a closed stdout. */
  readonly interrupted: AbortSignal;
  /** True if a closed output caused the interrupt. */
  readonly isOutputClosed: () => boolean;
  /** Resolves with the pending error, at the second interrupt or when the grace period is over. */
  readonly forced: Promise<AppError | null>;
  readonly shutdown: Shutdown;
}

/** The grace period starts with the interrupt, and again when it is extended. */
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

/** Listens for interrupts. A closed pipe counts as one: `warm-transfer … | head -1` must exit. */
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

/** Resolves when the signal is aborted. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
