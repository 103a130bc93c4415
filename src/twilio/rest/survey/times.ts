import type { Time } from "../../../call/types.ts";

/** A date of Twilio's, which the library reads as a Date where it can. */
export function timeOf(date: unknown, otherwise: Time): Time {
  const time = date instanceof Date ? date.getTime() : NaN;
  return Number.isNaN(time) ? otherwise : time;
}
