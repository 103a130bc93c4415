/** Our address without what tells Twilio how to try again, which stands after the `#`. */
export function withoutRetries(url: string): string {
  return url.replace(/#.*$/, "");
}
