/** Twilio's REST dates, such as `Fri, 20 Aug 2010 01:13:42 +0000`; null stays null. */
export function rfc2822<T extends number | null>(time: T): string | (T & null) {
  if (time === null) return null as T & null;
  return new Date(time).toUTCString().replace("GMT", "+0000");
}
