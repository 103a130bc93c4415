/** Without the fragment, which sets how Twilio retries. */
export function withoutRetries(url: string): string {
  return url.replace(/#.*$/, "");
}
