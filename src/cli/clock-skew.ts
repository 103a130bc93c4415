import type { ServerTime } from "../compose/account.ts";

/** Access tokens carry this machine's time, and Twilio refuses tokens that are not valid yet, or no longer. */
export const SKEW_WARNING_MS = 60_000;

/**
 * How far this machine's clock is ahead of Twilio's, in milliseconds; negative: behind. Only what is certain: Twilio's
 * `Date` has full seconds, and was written at some moment between request and response.
 */
export function clockSkew({ at, asked, answered }: ServerTime): number {
  const ahead = Math.max(0, asked - (at + 999));
  return ahead > 0 ? ahead : -Math.max(0, at - answered);
}

/** As a sentence. */
export function skewWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return `This machine's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} Twilio's.`;
}

export const SKEW_HINT =
  "Twilio refuses access tokens with a wrong time. Set the clock from the network: timedatectl set-ntp true";
