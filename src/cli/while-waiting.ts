import type { Output } from "./terminal/output.ts";

/** Quicker work shows no message. */
const AFTER_MS = 1000;

/**
 * Runs work, and shows on stderr what it waits for if that takes long: a spinner at a terminal, a line elsewhere.
 * @param what as in "waiting for …" @throws whatever the work throws
 */
export async function whileWaiting<Value>(
  what: string,
  output: Pick<Output, "wait">,
  work: () => Promise<Value>,
): Promise<Value> {
  const stop = output.wait(`waiting for ${what} …`, AFTER_MS);
  try {
    return await work();
  } finally {
    stop();
  }
}
