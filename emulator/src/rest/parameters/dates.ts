import { invalidParameter } from "../errors.ts";
import type { Parser } from "../operation.ts";
import { text } from "./parsers.ts";

/** A span of time, both ends included, in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** `2026-04-14` (a whole day, GMT) or `2026-04-14T09:30:00Z` (one second). */
export const moment: Parser<Span> = (values, name) => {
  const value = text(values, name);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const from = Date.parse(isDay ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(from) || !/^\d{4}-\d{2}-\d{2}/.test(value))
    throw invalidParameter(name, "a date such as 2026-04-14 or 2026-04-14T09:30:00Z");
  return { from, to: from + (isDay ? DAY : 1000) - 1 };
};

/** Filters such as `StartTime`, `StartTime<` (at or before) and `StartTime>` (at or after). */
export interface DateFilter {
  on?: Span | undefined;
  before?: Span | undefined;
  after?: Span | undefined;
}

/** False for a time that is not known yet as soon as any filter is set. */
export function isWithin(time: number | null, { on, before, after }: DateFilter): boolean {
  if (!on && !before && !after) return true;
  if (time === null) return false;
  if (on && (time < on.from || time > on.to)) return false;
  return !(before && time > before.to) && !(after && time < after.from);
}
