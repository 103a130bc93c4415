import { isLoopback } from "../loopback.ts";
import { type Mistake, refuseAll } from "./mistakes.ts";

const found = (message: string, hint: string): Mistake => ({ message, hint });

function hostMistake({ protocol, hostname }: URL): Mistake | undefined {
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname)))
    return found(
      "The public URL must start with https://.",
      "Browsers give no microphone to pages without TLS. Only this machine's own addresses may use http://.",
    );
  if (hostname.includes("_"))
    return found(
      "The public URL's host has an underscore, which Twilio refuses.",
      "Use a host name without underscores.",
    );
  return undefined;
}

/**
 * Checks that a public URL is an origin: scheme, host and port. Twilio signs HTTPS requests without
 * the port (www.twilio.com/docs/usage/webhooks/webhooks-security), and `createVerifySignature` accepts both forms.
 */
export function publicUrlMistake(text: string): Mistake | undefined {
  if (!URL.canParse(text))
    return found("The public URL is not a URL.", "Use https://HOST of your tunnel or proxy.");
  const url = new URL(text);
  const wrongHost = hostMistake(url);
  if (wrongHost) return wrongHost;
  if (url.username || url.password)
    return found("The public URL contains a user name or a password.", `Remove it: ${url.origin}`);
  if (url.pathname !== "/" || url.search || url.hash)
    return found(
      "The public URL has a path, but the server uses fixed paths.",
      `Use the host only: ${url.origin}`,
    );
  if (text !== url.origin)
    return found("The public URL is not in its shortest form.", `Write it as ${url.origin}`);
  return undefined;
}

/** Also checks that the Twilio in use can reach it. @param twilioApiBaseUrl null: the real Twilio */
export function reachMistake(
  publicUrl: string,
  { twilioApiBaseUrl }: { twilioApiBaseUrl: string | null },
): Mistake | undefined {
  const mistake = publicUrlMistake(publicUrl);
  if (mistake || twilioApiBaseUrl !== null || !isLoopback(new URL(publicUrl).hostname)) return mistake;
  return found(
    "The public URL is an address of this machine, which Twilio cannot reach.",
    "Use --tunnel ngrok, --tunnel cloudflared, or a public https://HOST that leads here.",
  );
}

/** @throws AppError config for a URL that Twilio cannot reach */
export function assertPublicUrl(text: string): void {
  const mistake = publicUrlMistake(text);
  if (mistake) refuseAll([mistake]);
}
