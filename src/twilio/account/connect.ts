import type Twilio from "twilio/lib/rest/Twilio.js";
import { AppError } from "../../errors.ts";
import { connectTwilio, type ServerTime } from "../rest/client.ts";
import { requestWithHint } from "../rest/errors.ts";
import type { Account, AccountCredentials, AccountState, NewApiKey } from "./account.ts";
import { createNumbers } from "./numbers.ts";

const TOKEN_HINT =
  "Copy the account SID and auth token from https://console.twilio.com. Both must belong to one account, and one region.";
const KEY_HINT =
  "Create a Standard API key at https://console.twilio.com (Account, API keys). Set TWILIO_API_KEY and TWILIO_API_SECRET.";

async function check(client: Twilio, accountSid: string): Promise<AccountState> {
  const { sid, friendlyName, status } = await requestWithHint(
    () => client.api.v2010.accounts(accountSid).fetch(),
    TOKEN_HINT,
  );
  return { sid, friendlyName, status };
}

async function createApiKey(client: Twilio, friendlyName: string): Promise<NewApiKey> {
  const { sid, secret } = await requestWithHint(() => client.newKeys.create({ friendlyName }), KEY_HINT);
  if (!/^SK[0-9a-f]{32}$/.test(sid) || !secret)
    throw new AppError("twilio", "Twilio created an API key, but its response lacks the SID or the secret.", {
      hint: KEY_HINT,
    });
  return { sid, secret };
}

/** Connects to an account; sends no request yet. @throws AppError config when `apiBaseUrl` is not on loopback */
export function connectAccount({ authToken, ...credentials }: AccountCredentials): Account {
  const { accountSid } = credentials;
  let last: ServerTime | null = null;
  const onServerTime = (time: ServerTime): void => void (last = time);
  const client = connectTwilio({ ...credentials, user: accountSid, password: authToken, onServerTime });
  return {
    ...createNumbers(client, TOKEN_HINT),
    check: () => check(client, accountSid),
    createApiKey: (friendlyName) => createApiKey(client, friendlyName),
    async serverTime() {
      const uri = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}.json`;
      last = null;
      await requestWithHint(() => client.request({ method: "get", uri }));
      if (last === null) throw new AppError("twilio", "Twilio's response has no Date header.");
      return last;
    },
    lastServerTime: () => last,
  };
}

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
  await requestWithHint(() => client.conferences.list({ limit: 1 }), HINT);
}
