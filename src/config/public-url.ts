import { isLoopback } from "../loopback.ts";
import { type Mistake, refuseAll } from "./mistakes.ts";

const found = (message: string, hint: string): Mistake => ({ message, hint });

function hostMistake({ protocol, hostname, port }: URL): Mistake | undefined {
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname)))
    return found(
      "The public URL must begin with https://.",
      "Only addresses of this machine may use http://.",
    );
  if (hostname.includes("_"))
    return found(
      "The public URL's host has an underscore, which Twilio refuses.",
      "Use a host name without one.",
    );
  if (protocol === "https:" && port !== "")
    return found(
      "The public URL has a port: Twilio signs https addresses without it, so that no request could be checked.",
      `Let the tunnel or proxy take port 443: https://${hostname}`,
    );
  return undefined;
}

/**
 * What is wrong with an address under which Twilio is to reach the server: scheme and host, nothing else
 * (www.twilio.com/docs/usage/webhooks/webhooks-security).
 */
export function publicUrlMistake(text: string): Mistake | undefined {
  if (!URL.canParse(text))
    return found("The public URL is not an address.", "Use https://HOST of your tunnel or proxy.");
  const url = new URL(text);
  const wrongHost = hostMistake(url);
  if (wrongHost) return wrongHost;
  if (url.username || url.password)
    return found("The public URL has a user name or a password.", `Write it without: ${url.origin}`);
  if (url.pathname !== "/" || url.search || url.hash)
    return found("The public URL has a path.", `Write the host only: ${url.origin}`);
  if (text !== url.origin)
    return found("The public URL is not written plainly.", `Write it as ${url.origin}`);
  return undefined;
}

/** @throws AppError config for an address under which Twilio cannot reach the server */
export function assertPublicUrl(text: string): void {
  const mistake = publicUrlMistake(text);
  if (mistake) refuseAll([mistake]);
}
