import { type Run, resolveUrl } from "./run.ts";

/** An address of the document as one of a WebSocket. */
export function socketUrl(run: Run, url: string): string {
  if (/^wss?:/i.test(url) || (URL.canParse(url) && !/^https?:/i.test(url))) return url;
  return resolveUrl(run, url).replace(/^http/i, "ws");
}
