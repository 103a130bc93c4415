import { type Account, type NewApiKey, checkApiKey } from "../../../compose/account.ts";
import { placeOf } from "../../../config/account-credentials.ts";
import { API_KEY_SID } from "../../../config/shapes.ts";
import { AppError } from "../../../errors.ts";
import type { Prompts } from "../../prompts.ts";
import { checkSecret } from "./account-step.ts";
import { type Step, isSaid } from "./step.ts";

/** Its name in Twilio's console; also the name of the variable's owner, so that nobody deletes it by mistake. */
const NAME = "warm-transfer";

const isRefusal = (thrown: unknown): thrown is AppError =>
  thrown instanceof AppError && thrown.category === "auth";

async function check(step: Step, accountSid: string, { sid, secret }: NewApiKey): Promise<void> {
  const { settings, timeoutMs } = step;
  const apiBaseUrl = settings.twilioApiBaseUrl.value;
  const key = { accountSid, apiKey: sid, apiSecret: secret, ...placeOf(settings) };
  await step.until(checkApiKey({ ...key, apiBaseUrl, timeoutMs }));
}

async function ask(prompts: Prompts): Promise<NewApiKey> {
  const sid = await prompts.text({
    message: "SID of a Standard API key of this account",
    check: (text) => API_KEY_SID.test(text.trim()) || "It is SK and 32 hexadecimal digits.",
  });
  const secret = await prompts.secret({ message: "Its secret", check: checkSecret("The secret") });
  return { sid, secret };
}

/** Until there is one that Twilio accepts. */
async function askUntilGood(step: Step, prompts: Prompts, accountSid: string): Promise<NewApiKey> {
  for (;;) {
    const key = await ask(prompts);
    try {
      await check(step, accountSid, key);
      return key;
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      step.say(`Twilio does not accept this key. ${thrown.hint ?? ""}`);
    }
  }
}

/**
 * The API key that is there already, if it works; null: one has to be made.
 * @throws AppError auth when one was given just now and does not work
 */
export async function presentKey(step: Step, accountSid: string): Promise<NewApiKey | null> {
  const { apiKey, apiSecret } = step.settings;
  if (apiKey.value === "" || apiSecret.value === "") return null;
  const key = { sid: apiKey.value, secret: apiSecret.value };
  try {
    await check(step, accountSid, key);
    return key;
  } catch (thrown) {
    if (!isRefusal(thrown) || isSaid(apiKey) || isSaid(apiSecret)) throw thrown;
    step.say("The API key in .env does not work any more: another one is needed.");
    return null;
  }
}

/**
 * Makes an API key; where that is not allowed, asks for one at a terminal.
 * @throws AppError auth when it is not allowed and nobody can be asked
 */
export async function newKey(
  step: Step,
  { account, accountSid }: { account: Account; accountSid: string },
): Promise<NewApiKey & { isNew: boolean }> {
  const { prompts, say } = step;
  try {
    return { ...(await account.createApiKey(NAME)), isNew: true };
  } catch (thrown) {
    if (!prompts || !isRefusal(thrown)) throw thrown;
    say(`No API key can be made here. ${thrown.hint ?? ""}`);
    return { ...(await askUntilGood(step, prompts, accountSid)), isNew: false };
  }
}
