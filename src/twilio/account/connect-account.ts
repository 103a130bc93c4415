import type Twilio from "twilio/lib/rest/Twilio.js";
import { AppError } from "../../errors.ts";
import { connectTwilio } from "../rest/client.ts";
import type { ServerTime } from "../rest/server-time.ts";
import type { Account, AccountCredentials, AccountState, NewApiKey } from "./account.ts";
import { asked } from "./errors.ts";
import { createNumbers } from "./numbers.ts";

const TOKEN_HINT =
  "Copy the account SID and auth token from https://console.twilio.com. Both must belong to one account, and one region.";
const KEY_HINT =
  "Create a Standard API key at https://console.twilio.com (Account, API keys). Set TWILIO_API_KEY and TWILIO_API_SECRET.";

async function check(client: Twilio, accountSid: string): Promise<AccountState> {
  const { sid, friendlyName, status } = await asked(
    () => client.api.v2010.accounts(accountSid).fetch(),
    TOKEN_HINT,
  );
  return { sid, friendlyName, status };
}

async function createApiKey(client: Twilio, friendlyName: string): Promise<NewApiKey> {
  const { sid, secret } = await asked(() => client.newKeys.create({ friendlyName }), KEY_HINT);
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
      await asked(() => client.request({ method: "get", uri }));
      if (last === null) throw new AppError("twilio", "Twilio's response has no Date header.");
      return last;
    },
    lastServerTime: () => last,
  };
}
