import type Twilio from "twilio/lib/rest/Twilio.js";
import { AppError } from "../../errors.ts";
import { connectTwilio } from "../rest/client.ts";
import type { Account, AccountCredentials, AccountState, NewApiKey, ServerTime } from "./account.ts";
import { asked } from "./errors.ts";
import { createNumbers } from "./numbers.ts";

const TOKEN_HINT =
  "Copy account SID and auth token from https://console.twilio.com: they must belong to the same account.";
const KEY_HINT =
  "Create a Standard API key at https://console.twilio.com (Account, API keys) and set TWILIO_API_KEY and TWILIO_API_SECRET.";

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
    throw new AppError("twilio", "Twilio made an API key but did not tell it.", { hint: KEY_HINT });
  return { sid, secret };
}

/** Every answer of Twilio's says what time it is, also one that refuses. */
async function serverTime(client: Twilio, accountSid: string): Promise<ServerTime> {
  const uri = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}.json`;
  const before = Date.now();
  const answer = (await asked(() => client.request({ method: "get", uri }))) as {
    headers?: Record<string, string>;
  };
  const at = Date.parse(answer.headers?.date ?? "");
  if (Number.isNaN(at)) throw new AppError("twilio", "Twilio's answer does not say what time it is.");
  return { at, asked: before, answered: Date.now() };
}

/**
 * Makes ready to ask about an account; asks nothing yet.
 * @throws AppError config when `apiBaseUrl` is not on loopback
 */
export function connectAccount({ authToken, ...credentials }: AccountCredentials): Account {
  const { accountSid } = credentials;
  const client = connectTwilio({ ...credentials, user: accountSid, password: authToken });
  return {
    ...createNumbers(client, TOKEN_HINT),
    check: () => check(client, accountSid),
    createApiKey: (friendlyName) => createApiKey(client, friendlyName),
    serverTime: () => serverTime(client, accountSid),
  };
}
