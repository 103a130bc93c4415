import { type Account, type NewApiKey, checkApiKey } from "../../../compose/account.ts";
import { regionAndEdge } from "../../../config/account-credentials.ts";
import { API_KEY_SID } from "../../../config/shapes.ts";
import { AppError } from "../../../errors.ts";
import type { Prompts } from "../../terminal/prompts.ts";
import { checkSecret } from "./account-step.ts";
import { type Step, isExplicit } from "./step.ts";

/** Its name in Twilio's console, against deletion by mistake. */
const NAME = "warm-transfer";

const isRefusal = (thrown: unknown): thrown is AppError =>
  thrown instanceof AppError && thrown.category === "auth";

async function check(step: Step, accountSid: string, { sid, secret }: NewApiKey): Promise<void> {
  const { settings, timeoutMs } = step;
  const apiBaseUrl = settings.twilioApiBaseUrl.value;
  const key = { accountSid, apiKey: sid, apiSecret: secret, ...regionAndEdge(settings) };
  await step.waitFor(checkApiKey({ ...key, apiBaseUrl, timeoutMs }));
}

async function ask(prompts: Prompts): Promise<NewApiKey> {
  const sid = await prompts.text({
    message: "SID of a Standard API key of this account",
    check: (text) => API_KEY_SID.test(text.trim()) || "An API key SID is SK and 32 hexadecimal digits.",
  });
  const secret = await prompts.secret({ message: "Its secret", check: checkSecret("The secret") });
  return { sid, secret };
}

/** Prompts until Twilio accepts a key. */
async function askUntilGood(step: Step, prompts: Prompts, accountSid: string): Promise<NewApiKey> {
  for (;;) {
    const key = await ask(prompts);
    try {
      await check(step, accountSid, key);
      return key;
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      step.info(`Twilio refused this key. ${thrown.hint ?? ""}`);
    }
  }
}

/**
 * The existing API key, if Twilio accepts it. Null: create one.
 * @throws AppError auth when Twilio refuses a key that was passed just now
 */
export async function existingKey(step: Step, accountSid: string): Promise<NewApiKey | null> {
  const { apiKey, apiSecret } = step.settings;
  if (apiKey.value === "" || apiSecret.value === "") return null;
  const key = { sid: apiKey.value, secret: apiSecret.value };
  try {
    await check(step, accountSid, key);
    return key;
  } catch (thrown) {
    if (!isRefusal(thrown) || isExplicit(apiKey) || isExplicit(apiSecret)) throw thrown;
    step.info("Twilio no longer accepts the API key in .env, so init creates another one.");
    return null;
  }
}

/**
 * Creates an API key; where Twilio does not allow that, prompts for one.
 * @throws AppError auth when it is not allowed and there is no terminal
 */
export async function createKey(
  step: Step,
  { account, accountSid }: { account: Account; accountSid: string },
): Promise<NewApiKey & { isNew: boolean }> {
  const { prompts, info } = step;
  try {
    return { ...(await account.createApiKey(NAME)), isNew: true };
  } catch (thrown) {
    if (!prompts || !isRefusal(thrown)) throw thrown;
    info(`Twilio does not let this auth token create API keys. ${thrown.hint ?? ""}`);
    return { ...(await askUntilGood(step, prompts, accountSid)), isNew: false };
  }
}
