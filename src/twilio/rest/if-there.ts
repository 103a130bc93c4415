import { isGone } from "./errors.ts";

/** What a request gives; undefined when Twilio says that there is no such thing. */
export async function ifThere<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (thrown) {
    if (isGone(thrown)) return undefined;
    throw thrown;
  }
}
