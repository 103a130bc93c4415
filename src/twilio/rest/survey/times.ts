import type { Time } from "../../../call/types.ts";

/** The time of a survey. */
export interface Asked {
  /** By our clock. */
  readonly at: Time;
  /** How far our clock is ahead of Twilio's, in ms. */
  readonly ahead: number;
}

/** Converts a date of Twilio's to our clock. The library parses it if it can. */
export function timeOf(date: unknown, { at, ahead }: Asked, otherwise: Time = at): Time {
  const time = date instanceof Date ? date.getTime() : NaN;
  return Number.isNaN(time) ? otherwise : time + ahead;
}
