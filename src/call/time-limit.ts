import type { CallRecord, Time } from "./types.ts";

/** Kept for the closing sentence, in seconds: nobody hears one after Twilio has ended the whole call. */
const CLOSING = 30;

/** Twilio's maximum, in seconds, unless the account allows 24 hours (www.twilio.com/docs/voice/twiml/dial#timelimit). */
const ACCOUNT_MAXIMUM = 14_400;

/** By how much, in ms, Twilio may end a call before and after its limit, by our clock. */
const [EARLY, LATE] = [5_000, 60_000];

/** How long a leg may last, in seconds. Agents' legs begin later than the customer's stay, and so never end first. */
export const legLimit = (maxCallMinutes: number): number => maxCallMinutes * 60;

/** How long a customer may stay in the conference, in seconds. */
export const stayLimit = (maxCallMinutes: number): number => legLimit(maxCallMinutes) - CLOSING;

/** How long an agent's leg of a call may last, in seconds. */
export const legLimitOf = ({ timeLimit }: CallRecord): number | undefined =>
  timeLimit === undefined ? undefined : timeLimit + CLOSING;

/** Did Twilio end the customer's stay because it has lasted too long? A customer who hangs up at that moment did not. */
export function reachedTimeLimit({ startedAt, timeLimit }: CallRecord, endedAt: Time): boolean {
  if (timeLimit === undefined) return false;
  const lasted = endedAt - startedAt;
  const limits = [timeLimit, Math.min(timeLimit, ACCOUNT_MAXIMUM)];
  return limits.some((seconds) => lasted >= seconds * 1_000 - EARLY && lasted <= seconds * 1_000 + LATE);
}
