import { connectTwilio } from "../rest/client.ts";
import { asked } from "./errors.ts";

export interface ApiKeyCredentials {
  /** `AC…` */
  accountSid: string;
  /** `SK…` */
  apiKey: string;
  apiSecret: string;
  /** A local Twilio, on loopback. Null: api.twilio.com. */
  apiBaseUrl: string | null;
  /** Such as `ie1` and `dublin`. Null: Twilio's defaults. */
  region?: string | null | undefined;
  edge?: string | null | undefined;
  /** In milliseconds. Default: 10,000. */
  timeoutMs?: number | undefined;
}

const HINT =
  "Set TWILIO_API_KEY and TWILIO_API_SECRET to the SID and secret of one Standard key of this account.";

/**
 * Lists one conference, as the server does. No request can test access tokens.
 * @throws AppError auth when Twilio refuses the key
 */
export async function checkApiKey({ apiKey, apiSecret, ...credentials }: ApiKeyCredentials): Promise<void> {
  const client = connectTwilio({ ...credentials, user: apiKey, password: apiSecret });
  await asked(() => client.conferences.list({ limit: 1 }), HINT);
}
