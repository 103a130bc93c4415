import { type Account, connectAccount } from "../../compose/account.ts";
import { keptNumbers } from "../../compose/number/backups.ts";
import { accountCredentials } from "../../config/account-credentials.ts";
import { loadSettings } from "../../config/load.ts";
import type { Settings } from "../../config/settings.ts";
import { E164 } from "../../identifiers.ts";
import { stateFolder } from "../../config/state-folder.ts";
import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";

export interface NumberFlags {
  number?: string;
  /** For each request to Twilio, in milliseconds. */
  timeout?: number;
}

export interface OpenNumber {
  account: Account;
  number: string;
  /** The folder with the number's backup. */
  dir: string;
  settings: Settings;
}

function assertNumber(number: string): void {
  if (number === "")
    throw new AppError("config", "TWILIO_NUMBER is not set.", {
      hint: "Pass --number, set TWILIO_NUMBER, or run: warm-transfer init",
    });
  if (!E164.test(number))
    throw new AppError("config", "TWILIO_NUMBER is not a phone number.", {
      hint: "Write it in E.164, as in +15550001111.",
    });
}

/**
 * Sends no request yet.
 * @param flags `keptIsEnough`: without a setting, take the only number with saved settings
 * @throws AppError config for what is missing or wrong in the settings
 */
export async function openNumber(
  {
    number,
    publicUrl,
    timeout,
    allowSaved = false,
  }: NumberFlags & { publicUrl?: string; allowSaved?: boolean },
  { cwd, env }: Pick<Context, "cwd" | "env">,
): Promise<OpenNumber> {
  const settings = await loadSettings({ cwd, env, flags: { number, publicUrl } });
  const account = await connectAccount({ ...accountCredentials(settings), timeoutMs: timeout });
  const dir = stateFolder(cwd);
  const kept = allowSaved && settings.number.value === "" ? await keptNumbers(dir) : [];
  const chosen = kept.length === 1 ? kept.join() : settings.number.value;
  assertNumber(chosen);
  return { account, number: chosen, dir, settings };
}
