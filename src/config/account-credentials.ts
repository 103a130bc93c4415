import { assertAccount } from "./config.ts";
import { refuseAll } from "./mistakes.ts";
import type { Settings } from "./settings.ts";
import { untouchedMistake } from "./untouched.ts";

/**
 * What it takes to ask Twilio about the account: less than a server needs.
 * @throws AppError config that names what is missing or wrong, never its value
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
