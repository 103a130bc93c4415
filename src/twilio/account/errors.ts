import { AppError } from "../../errors.ts";
import { toTwilioError } from "../rest/errors.ts";

const WAIT_LONGER = "Try again, wait longer (--timeout 30s), or look at https://status.twilio.com.";

/**
 * Asks Twilio, and throws what went wrong as an AppError.
 * @param hint what to do when Twilio refuses the credentials
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
