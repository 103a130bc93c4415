import type { Mistake } from "./mistakes.ts";
import { refuseAll } from "./mistakes.ts";
import { SECRET_SHAPE, secretMistake } from "./secret.ts";
import type { Settings } from "./settings.ts";

const HINT = "Type warm-transfer init, or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.";

function mistakesOf(accountSid: string, authToken: string): Mistake[] {
  const mistakes: Mistake[] = [];
  if (accountSid === "") mistakes.push({ message: "TWILIO_ACCOUNT_SID is missing.", hint: HINT });
  else if (!/^AC[0-9a-f]{32}$/.test(accountSid))
    mistakes.push({
      message: "TWILIO_ACCOUNT_SID is not an account's SID.",
      hint: "It is AC and 32 hexadecimal digits: see https://console.twilio.com.",
    });
  if (authToken === "") mistakes.push({ message: "TWILIO_AUTH_TOKEN is missing.", hint: HINT });
  else if (!SECRET_SHAPE.test(authToken)) mistakes.push(secretMistake(authToken, "TWILIO_AUTH_TOKEN"));
  return mistakes;
}

/**
 * What it takes to ask Twilio about the account: less than a server needs.
 * @throws AppError config that names what is missing or wrong, never its value
 */
export function accountCredentials({ accountSid, authToken, twilioApiBaseUrl }: Settings): {
  accountSid: string;
  authToken: string;
  apiBaseUrl: string | null;
} {
  refuseAll(mistakesOf(accountSid.value, authToken.value));
  return {
    accountSid: accountSid.value,
    authToken: authToken.value,
    apiBaseUrl: twilioApiBaseUrl.value,
  };
}
