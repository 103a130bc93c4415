import { AppError } from "../../errors.ts";
import { isLoopback } from "../../loopback.ts";

/**
 * The origin of a local Twilio.
 * @throws AppError config unless it is `http(s)://` on loopback: credentials go only to Twilio or this machine
 */
export function localOrigin(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url && /^https?:$/.test(url.protocol) && isLoopback(url.hostname) && !url.username && !url.password)
    return url.origin;
  throw new AppError("config", "The Twilio API base URL does not point at this machine.", {
    hint: "Use http://127.0.0.1:PORT of a running `warm-transfer emulator`, or leave TWILIO_API_BASE_URL unset.",
  });
}
