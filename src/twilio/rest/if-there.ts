import { isGone } from "./errors.ts";

/** Runs a request; undefined if Twilio answers that the resource does not exist. */
export async function ifThere<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (thrown) {
    if (isGone(thrown)) return undefined;
    throw thrown;
  }
}
