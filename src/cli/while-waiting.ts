import type { Output } from "./terminal/output.ts";

export interface WaitingOptions {
  /** Milliseconds until it is said; what is quicker than that needs no words. */
  afterMs?: number;
}

const AFTER_MS = 1000;

/**
 * Does some work, and says on stderr what is waited for when it takes long: drawn and taken away again at a terminal, a
 * line elsewhere.
 * @param what as in "waiting for …" @throws whatever the work throws
 */
export async function whileWaiting<Value>(
  what: string,
  output: Pick<Output, "wait">,
  work: () => Promise<Value>,
  { afterMs = AFTER_MS }: WaitingOptions = {},
): Promise<Value> {
  let done = (): void => undefined;
  const long = setTimeout(() => void (done = output.wait(`waiting for ${what} …`)), afterMs);
  try {
    return await work();
  } finally {
    clearTimeout(long);
    done();
  }
}
