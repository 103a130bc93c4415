import type { Time } from "../../../call/types.ts";

/** When Twilio was asked. */
export interface Asked {
  /** By our clock. */
  readonly at: Time;
  /** How far our clock is ahead of Twilio's, in ms. */
  readonly ahead: number;
}

/** A date of Twilio's, which the library reads as a Date where it can, by our clock. */
export function timeOf(date: unknown, { at, ahead }: Asked, otherwise: Time = at): Time {
  const time = date instanceof Date ? date.getTime() : NaN;
  return Number.isNaN(time) ? otherwise : time + ahead;
}
