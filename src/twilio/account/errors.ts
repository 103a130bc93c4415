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
    const known = error.category === "timeout" ? WAIT_LONGER : error.category === "auth" ? hint : undefined;
    if (known === undefined) throw error;
    const { category, message, docs, cause } = error;
    throw new AppError(category, message, { hint: known, cause, ...(docs === undefined ? {} : { docs }) });
  }
}
