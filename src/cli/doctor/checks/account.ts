import { type Account, type ServerTime, checkApiKey, connectAccount } from "../../../compose/account.ts";
import { accountCredentials } from "../../../config/account-credentials.ts";
import type { Settings } from "../../../config/settings.ts";
import { SKEW_HINT, SKEW_WARNING_MS, clockSkew, skewWords } from "../../clock-skew.ts";
import { type Finding, reportOn } from "../finding.ts";

const SKEW_FAILURE_MS = 5 * 60_000;

async function checkCredentials(account: Account): Promise<Finding> {
  const report = reportOn("account");
  try {
    const { friendlyName, status } = await account.check();
    if (status === "active")
      return report.ok(`Twilio accepts the auth token of the account "${friendlyName}".`);
    return report.failure(
      `The account "${friendlyName}" is ${status}, so it takes no calls.`,
      "See the reason at https://console.twilio.com.",
    );
  } catch (thrown) {
    return report.failed(thrown);
  }
}

async function checkKey(settings: Settings, timeoutMs: number | undefined): Promise<Finding> {
  const report = reportOn("api key");
  try {
    await checkApiKey({
      ...accountCredentials(settings),
      apiKey: settings.apiKey.value,
      apiSecret: settings.apiSecret.value,
      timeoutMs,
    });
    // No request shows a key's type, and a Restricted key signs tokens that Twilio refuses.
    return report.ok(
      "Twilio accepts the API key for REST requests. Not tested: the access tokens it signs (use a Standard key).",
    );
  } catch (thrown) {
    return report.failed(thrown);
  }
}

export function clockFinding(time: ServerTime): Finding {
  const report = reportOn("clock");
  const skew = clockSkew(time);
  if (Math.abs(skew) < SKEW_WARNING_MS)
    return report.ok("This machine's clock is less than a minute off Twilio's.");
  const state = Math.abs(skew) < SKEW_FAILURE_MS ? "warning" : "failure";
  return report[state](skewWords(skew), SKEW_HINT);
}

/** During a rotation of the auth token Twilio accepts both. */
async function checkSecondary(settings: Settings, timeoutMs: number | undefined): Promise<Finding[]> {
  const authToken = settings.authTokenSecondary.value;
  if (authToken === "") return [];
  const report = reportOn("secondary auth token");
  try {
    await (await connectAccount({ ...accountCredentials(settings), authToken, timeoutMs })).check();
    return [report.ok("Twilio accepts it.")];
  } catch (thrown) {
    return [report.failed(thrown)];
  }
}

async function checkClock(account: Account): Promise<Finding> {
  try {
    return clockFinding(await account.serverTime());
  } catch (thrown) {
    return reportOn("clock").failed(thrown);
  }
}

export async function checkAccount(
  account: Account,
  settings: Settings,
  timeoutMs?: number,
): Promise<Finding[]> {
  const credentials = await checkCredentials(account);
  const secondary = await checkSecondary(settings, timeoutMs);
  if (credentials.state !== "ok")
    return [
      credentials,
      ...secondary,
      ...["api key", "clock"].map((check) => reportOn(check).notChecked("see account")),
    ];
  return [
    credentials,
    ...secondary,
    ...(await Promise.all([checkKey(settings, timeoutMs), checkClock(account)])),
  ];
}
