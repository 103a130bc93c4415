/** Our address without what tells Twilio how to try again, which stands after the `#`. */
export function withoutRetries(url: string): string {
  return url.replace(/#.*$/, "");
}

/** A webhook's address as it may be shown: a password in it is nobody's business. */
export function shownUrl(url: string): string {
  return url.replace(/^(\w+:\/\/[^/?#@]*?):[^/?#@]*@/, "$1:…@");
}
