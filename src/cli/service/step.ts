import { InterruptedError, orInterrupted } from "../terminal/interrupted-error.ts";
import type { ServiceDeps } from "./events.ts";

/** After this long, the wait is shown. */
const LONG_MS = 1000;

export interface Step<Value> {
  /** Completes "Waiting for …". */
  what: string;
  work: () => Promise<Value>;
  /** Undoes a result that comes after Ctrl-C. Without it, the step always runs to its end. */
  discard?: (value: Value) => Promise<void>;
}

export interface StepResult<Value> {
  value: Value;
  /** In ms since 1970. */
  at: number;
  ms: number;
}

function unlessInterrupted<Value>({ work, discard }: Step<Value>, interrupted: AbortSignal): Promise<Value> {
  const working = work();
  if (!discard) return working;
  return orInterrupted(interrupted, working).catch((thrown: unknown) => {
    if (thrown instanceof InterruptedError) void working.then(discard).catch(() => undefined);
    throw thrown;
  });
}

/** @throws what the step throws; InterruptedError after Ctrl-C */
export async function runStep<Value>(
  step: Step<Value>,
  { interrupted, onWait }: Pick<ServiceDeps, "interrupted" | "onWait">,
): Promise<StepResult<Value>> {
  if (interrupted.aborted) throw new InterruptedError();
  const from = performance.now();
  const long = setTimeout(() => onWait(step.what), LONG_MS);
  try {
    const value = await unlessInterrupted(step, interrupted);
    return { value, at: Date.now(), ms: Math.round(performance.now() - from) };
  } finally {
    clearTimeout(long);
  }
}
