import type { Account, NumberState } from "../../../compose/account.ts";
import type { Settings } from "../../../config/settings.ts";
import { type Finding, reportOn } from "../finding.ts";

/** What keeps Twilio from using the number's voice URL (www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
function overrides({ trunkSid, voiceApplicationSid, voiceReceiveMode }: NumberState): Finding | undefined {
  const report = reportOn("number");
  const hint = "Type: warm-transfer number set --take-over, or choose another number: warm-transfer init";
  if (trunkSid !== "") return report.failure(`Its calls go to a SIP trunk (${trunkSid}).`, hint);
  if (voiceApplicationSid !== "")
    return report.failure(`Its calls go to a TwiML application (${voiceApplicationSid}).`, hint);
  return voiceReceiveMode === "fax" ? report.failure("It takes faxes in place of calls.", hint) : undefined;
}

/** @param publicUrl where the server is reached now; null when none runs */
function numberFinding(number: NumberState, publicUrl: string | null): Finding {
  const report = reportOn("number");
  const overridden = overrides(number);
  if (overridden) return overridden;
  if (publicUrl === null)
    return report.ok("The account owns it. `warm-transfer start` points it at the server while that runs.");
  if (number.voiceUrl.startsWith(`${publicUrl}/`)) return report.ok("Its calls come to this server.");
  const where = URL.canParse(number.voiceUrl)
    ? `Its calls go to ${new URL(number.voiceUrl).host}, and not to this server.`
    : "Its calls go nowhere.";
  return report.failure(where, "Type: warm-transfer number set, or restart: warm-transfer start");
}

/** Whether the account owns the number and where its calls go. */
export async function checkNumber(
  account: Account,
  { number }: Settings,
  publicUrl: string | null,
): Promise<Finding> {
  try {
    return numberFinding(await account.number(number.value), publicUrl);
  } catch (thrown) {
    return reportOn("number").failed(thrown);
  }
}
