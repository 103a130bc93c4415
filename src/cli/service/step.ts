import { InterruptedError, orInterrupted } from "../terminal/interrupted-error.ts";
import type { ServiceDeps } from "./events.ts";

/** After this long, the wait is shown. */
const LONG_MS = 1000;

export interface Step<Value> {
  /** Completes "Waiting for …". */
  what: string;
  work: () => Promise<Value>;
  /** Undoes a result that comes after Ctrl-C. Without it, the step always runs to its end. */
  abandon?: (value: Value) => Promise<void>;
}

export interface Done<Value> {
  value: Value;
  /** In ms since 1970. */
  at: number;
  ms: number;
}

function unlessAsked<Value>({ work, abandon }: Step<Value>, asked: AbortSignal): Promise<Value> {
  const working = work();
  if (!abandon) return working;
  return orInterrupted(asked, working).catch((thrown: unknown) => {
    if (thrown instanceof InterruptedError) void working.then(abandon).catch(() => undefined);
    throw thrown;
  });
}

/** @throws what the step throws; InterruptedError after Ctrl-C */
export async function takeStep<Value>(
  step: Step<Value>,
  { asked, waitFor }: Pick<ServiceDeps, "asked" | "waitFor">,
): Promise<Done<Value>> {
  if (asked.aborted) throw new InterruptedError();
  const from = performance.now();
  const long = setTimeout(() => waitFor(step.what), LONG_MS);
  try {
    const value = await unlessAsked(step, asked);
    return { value, at: Date.now(), ms: Math.round(performance.now() - from) };
  } finally {
    clearTimeout(long);
  }
}
