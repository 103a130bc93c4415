import type { ServerTime } from "../compose/account.ts";

/** Access tokens carry this machine's time, and Twilio refuses tokens that are not yet valid or have expired. */
export const SKEW_WARNING_MS = 60_000;

/**
 * How far this machine's clock is ahead of Twilio's, in milliseconds; negative: behind. Returns the certain part only:
 * Twilio's `Date` has whole seconds, written at some moment between request and response.
 */
export function clockSkew({ at, asked, answered }: ServerTime): number {
  const ahead = Math.max(0, asked - (at + 999));
  return ahead > 0 ? ahead : -Math.max(0, at - answered);
}

export function skewWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return `This machine's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} Twilio's.`;
}

export const SKEW_HINT =
  "Twilio refuses access tokens with a wrong time. Set the clock from the network: timedatectl set-ntp true";
