import { AppError } from "../../errors.ts";
import { toTwilioError } from "../rest/errors.ts";

/**
 * Asks Twilio, and throws what went wrong as an AppError.
 * @param hint what to do when Twilio refuses the credentials
 */
export async function asked<T>(question: () => Promise<T>, hint?: string): Promise<T> {
  try {
    return await question();
  } catch (thrown) {
    const error = toTwilioError(thrown);
    if (error.category !== "auth" || hint === undefined) throw error;
    const { category, message, docs, cause } = error;
    throw new AppError(category, message, { hint, cause, ...(docs === undefined ? {} : { docs }) });
  }
}
