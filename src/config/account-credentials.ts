import { assertAccount } from "./config.ts";
import { refuseAll } from "./mistakes.ts";
import type { Settings } from "./settings.ts";
import { untouchedMistake } from "./untouched.ts";

/**
 * What requests about the account need: less than a server.
 * @throws AppError config that names what is missing or wrong, without its value
 */
export function accountCredentials(settings: Settings): {
  accountSid: string;
  authToken: string;
  apiBaseUrl: string | null;
} {
  const untouched = untouchedMistake(settings);
  if (untouched) refuseAll([untouched]);
  const [accountSid, authToken] = [settings.accountSid.value, settings.authToken.value];
  assertAccount({ accountSid, authToken });
  return { accountSid, authToken, apiBaseUrl: settings.twilioApiBaseUrl.value };
}
