const two = (part: number): string => String(part).padStart(2, "0");

/** Local time: `14:03:22`. */
function timeOfDay(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
}

/** Local date and time: `2026-01-31 14:03:22`. */
export function dayAndTime(at: number): string {
  const date = new Date(at);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${timeOfDay(at)}`;
}

/** The time of day; with the date if that is not today. */
export function timeOf(at: number, now: number = Date.now()): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? timeOfDay(at) : dayAndTime(at);
}
