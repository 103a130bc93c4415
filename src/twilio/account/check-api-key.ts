import { connectTwilio } from "../rest/client.ts";
import { asked } from "./errors.ts";

export interface ApiKeyCredentials {
  /** `AC…` */
  accountSid: string;
  /** `SK…` */
  apiKey: string;
  apiSecret: string;
  /** A local Twilio in place of api.twilio.com; loopback only. Null: the real one. */
  apiBaseUrl: string | null;
  /** How long the request may take, in milliseconds; 10,000 unless told. */
  timeoutMs?: number | undefined;
}

const HINT = "Give the SID and the secret of one Standard API key of this account.";

/** Asks with an API key for what the server will need. @throws AppError auth when it is not one of the account's */
export async function checkApiKey({ apiKey, apiSecret, ...credentials }: ApiKeyCredentials): Promise<void> {
  const client = connectTwilio({ ...credentials, user: apiKey, password: apiSecret });
  await asked(() => client.conferences.list({ limit: 1 }), HINT);
}
