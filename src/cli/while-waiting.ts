import type { Output } from "./terminal/output.ts";

export interface WaitingOptions {
  /** Milliseconds before the message appears; quicker work shows none. */
  afterMs?: number;
}

const AFTER_MS = 1000;

/**
 * Runs work, and shows on stderr what it waits for if that takes long: a spinner at a terminal, a line elsewhere.
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
