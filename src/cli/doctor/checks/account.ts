import { type Account, checkApiKey } from "../../../compose/account.ts";
import type { Settings } from "../../../config/settings.ts";
import { type Finding, reportOn } from "../finding.ts";

/** Access tokens are made by this machine's clock; Twilio refuses one that is not yet, or no longer, in force. */
const SKEW_WARNING_MS = 10_000;
const SKEW_FAILURE_MS = 5 * 60_000;

async function checkCredentials(account: Account): Promise<Finding> {
  const report = reportOn("account");
  try {
    const { friendlyName, status } = await account.check();
    if (status === "active") return report.ok(`The auth token opens the account "${friendlyName}".`);
    return report.failure(
      `The account "${friendlyName}" is ${status}: it takes no calls.`,
      "Look at https://console.twilio.com.",
    );
  } catch (thrown) {
    return report.failed(thrown);
  }
}

async function checkKey(
  { accountSid, apiKey, apiSecret, twilioApiBaseUrl }: Settings,
  timeoutMs: number | undefined,
): Promise<Finding> {
  const report = reportOn("api key");
  try {
    await checkApiKey({
      accountSid: accountSid.value,
      apiKey: apiKey.value,
      apiSecret: apiSecret.value,
      apiBaseUrl: twilioApiBaseUrl.value,
      timeoutMs,
    });
    return report.ok("The API key is one of this account's: it can sign access tokens and steer calls.");
  } catch (thrown) {
    return report.failed(thrown);
  }
}

/** Twilio tells full seconds, somewhere between our question and its answer. */
export function clockFinding({
  at,
  asked,
  answered,
}: {
  at: number;
  asked: number;
  answered: number;
}): Finding {
  const report = reportOn("clock");
  const ahead = Math.max(0, asked - (at + 999));
  const behind = Math.max(0, at - answered);
  const skew = Math.max(ahead, behind);
  const seconds = Math.round(skew / 1000);
  if (skew < SKEW_WARNING_MS) return report.ok("This machine's clock agrees with Twilio's.");
  const message = `This machine's clock is ${seconds} s ${ahead > 0 ? "ahead of" : "behind"} Twilio's.`;
  const hint = "Set it by the network: timedatectl set-ntp true";
  return skew < SKEW_FAILURE_MS ? report.warning(message, hint) : report.failure(message, hint);
}

async function checkClock(account: Account): Promise<Finding> {
  try {
    return clockFinding(await account.serverTime());
  } catch (thrown) {
    return reportOn("clock").failed(thrown);
  }
}

/** Asks Twilio whether the credentials are right, and what time it is. */
export async function checkAccount(
  account: Account,
  settings: Settings,
  timeoutMs?: number,
): Promise<Finding[]> {
  const credentials = await checkCredentials(account);
  if (credentials.state !== "ok")
    return [credentials, ...["api key", "clock"].map((check) => reportOn(check).notChecked("see account"))];
  return [credentials, ...(await Promise.all([checkKey(settings, timeoutMs), checkClock(account)]))];
}
