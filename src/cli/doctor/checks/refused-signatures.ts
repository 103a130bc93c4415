import { type Finding, reportOn } from "../finding.ts";
import type { LocalServer } from "../local-server.ts";

/** Whether the running server suspects that the auth token was rotated. */
export function checkRefusedSignatures({ refusedSignatures: refused }: LocalServer): Finding {
  const report = reportOn("webhooks");
  if (!refused) return report.ok("The server suspects no rotated auth token.");
  const last = new Date(refused.lastAt).toISOString();
  return report.warning(
    `The server refused ${refused.count} requests that looked like Twilio's, the last at ${last}.`,
    "If the auth token was rotated, set TWILIO_AUTH_TOKEN to the new one and restart. If calls work, ignore this.",
  );
}
