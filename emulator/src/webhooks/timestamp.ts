/** RFC 2822 in GMT, as Twilio writes times: `Fri, 20 Aug 2010 01:13:42 +0000`. */
export function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace("GMT", "+0000");
}
