import { InterruptedError, orInterrupted } from "../interrupted-error.ts";
import type { ServiceDeps } from "./events.ts";

/** After that long it is said what is waited for. */
const LONG_MS = 1000;

export interface Step<Value> {
  /** What is waited for, as in "waiting for …". */
  what: string;
  work: () => Promise<Value>;
  /** Takes back what comes too late, when nobody waits any more; without it the step is never left in its middle. */
  abandon?: (value: Value) => Promise<void>;
}

export interface Done<Value> {
  value: Value;
  /** When, in ms since 1970. */
  at: number;
  /** How long it took. */
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

/** Does one step of a start. @throws what the step throws; InterruptedError when somebody has asked to end */
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
