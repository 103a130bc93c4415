const two = (part: number): string => String(part).padStart(2, "0");

/** A time of day on this machine: `14:03:22`. */
function timeOfDay(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
}

/** A day and a time on this machine: `2026-01-31 14:03:22`. */
export function dayAndTime(at: number): string {
  const date = new Date(at);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${timeOfDay(at)}`;
}

/** A time of day, with its day where that is another than today. */
export function timeOf(at: number, now: number = Date.now()): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? timeOfDay(at) : dayAndTime(at);
}
