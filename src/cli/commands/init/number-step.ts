import type { Account, NumberState } from "../../../compose/account.ts";
import { AppError } from "../../../errors.ts";
import { maskPassword } from "../../../mask.ts";
import type { Prompts } from "../../terminal/prompts.ts";
import { type Step, isExplicit } from "./step.ts";

function webhookWords({ trunkSid, voiceApplicationSid, voiceReceiveMode, voiceUrl }: NumberState): string {
  if (trunkSid !== "") return `goes to the SIP trunk ${trunkSid}`;
  if (voiceApplicationSid !== "") return `goes to the application ${voiceApplicationSid}`;
  if (voiceReceiveMode === "fax") return "takes faxes only";
  return voiceUrl === "" ? "goes nowhere" : `goes to ${maskPassword(voiceUrl)}`;
}

async function choose(prompts: Prompts, numbers: readonly NumberState[], preset: string): Promise<string> {
  const nameOf = (number: NumberState): string =>
    number.friendlyName === "" || number.friendlyName === number.phoneNumber
      ? number.phoneNumber
      : `${number.phoneNumber} (${number.friendlyName})`;
  return prompts.choose({
    message: "Which number do customers call?",
    choices: numbers.map((number) => ({
      name: `${nameOf(number)}: a call ${webhookWords(number)}`,
      value: number.phoneNumber,
    })),
    ...(numbers.some(({ phoneNumber }) => phoneNumber === preset) ? { default: preset } : {}),
  });
}

/**
 * Chooses the number that customers call; does not change it.
 * @throws AppError not-found when it is not one of the account's voice numbers, or there is none
 */
export async function findNumber(step: Step, account: Account): Promise<string> {
  const { settings, prompts, waitFor } = step;
  const { value } = settings.number;
  if (!prompts || isExplicit(settings.number)) return (await waitFor(account.number(value))).phoneNumber;
  const numbers = await waitFor(account.voiceNumbers());
  if (numbers.length > 0) return choose(prompts, numbers, value);
  throw new AppError("not-found", "The account has no number that takes voice calls.", {
    hint: "Buy one at https://console.twilio.com (Phone Numbers), then run: warm-transfer init",
  });
}
