import { AppError } from "../../errors.ts";
import { toTwilioError } from "../rest/errors.ts";

const WAIT_LONGER = "Try again, wait longer (--timeout 30s), or see https://status.twilio.com.";

/**
 * Sends a request and converts its errors.
 * @param hint for refused credentials
 */
export async function asked<T>(question: () => Promise<T>, hint?: string): Promise<T> {
  try {
    return await question();
  } catch (thrown) {
    const error = toTwilioError(thrown);
    const { category, message, docs, cause } = error;
    const better: Partial<Record<typeof category, string | undefined>> = { auth: hint, timeout: WAIT_LONGER };
    if (better[category] === undefined) throw error;
    throw new AppError(category, message, {
      hint: better[category],
      cause,
      ...(docs === undefined ? {} : { docs }),
    });
  }
}
