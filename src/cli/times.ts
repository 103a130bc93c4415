import { InvalidArgumentError } from "commander";

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DATE = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

function milliseconds(text: string): number | undefined {
  const [, count, unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 0);
}

/** Parses `10s` or `5m`, up to a day, to milliseconds. @throws InvalidArgumentError */
export function parseDuration(text: string): number {
  const ms = milliseconds(text);
  if (ms !== undefined && ms > 0 && ms <= (UNITS.d ?? 0)) return ms;
  throw new InvalidArgumentError("Pass a duration from 1s to 24h, as in 30s, 5m or 2h.");
}

/** JavaScript parses 31 February as a day in March. */
const isOnCalendar = (day: string): boolean => {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
};

/** @returns milliseconds since 1970. Without a zone the time is local; a day starts at midnight */
function dateOf(text: string): number | undefined {
  const [, day, time = "T00:00"] = DATE.exec(text) ?? [];
  if (day === undefined || !isOnCalendar(day)) return undefined;
  const at = new Date(day + time).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** Parses a duration ago (`1h`, `2d`) or a date to milliseconds since 1970. @throws InvalidArgumentError */
export function parseSince(text: string, now: number = Date.now()): number {
  const ago = milliseconds(text);
  const at = ago === undefined ? dateOf(text) : now - ago;
  if (at === undefined)
    throw new InvalidArgumentError("Pass a duration, as in 30m, 1h or 2d, or a date, as in 2026-01-31.");
  if (at > now) throw new InvalidArgumentError("That is in the future.");
  return at;
}
