import { type Account, type AccountState, connectAccount } from "../../../compose/account.ts";
import { regionAndEdge } from "../../../config/account-credentials.ts";
import { ACCOUNT_SID } from "../../../config/shapes.ts";
import { secretMistake, SECRET_SHAPE } from "../../../config/secret.ts";
import { AppError } from "../../../errors.ts";
import type { Prompts } from "../../terminal/prompts.ts";
import { type Step, isExplicit } from "./step.ts";

interface Credentials {
  accountSid: string;
  authToken: string;
}

export interface OpenAccount extends Credentials {
  account: Account;
  state: AccountState;
}

/** True, or the error message. */
export const checkSecret =
  (name: string) =>
  (text: string): true | string =>
    SECRET_SHAPE.test(text) || secretMistake(text, name).message;

const checkAccountSid = (text: string): true | string =>
  ACCOUNT_SID.test(text.trim()) || "An account SID is AC and 32 hexadecimal digits.";

function askToken(prompts: Prompts): Promise<string> {
  return prompts.secret({
    message: "Auth token",
    check: checkSecret("The auth token"),
  });
}

/** @param known the credentials of the last attempt */
async function ask(prompts: Prompts, { settings }: Step, known: Credentials | null): Promise<Credentials> {
  const preset = known?.accountSid ?? settings.accountSid.value;
  const isFixed = known === null && isExplicit(settings.accountSid);
  const accountSid = isFixed
    ? preset
    : await prompts.text({
        message: "Account SID (from console.twilio.com, beside the auth token)",
        check: checkAccountSid,
        ...(preset === "" ? {} : { default: preset }),
      });
  const isSame = known === null && accountSid === settings.accountSid.value;
  const present = isSame ? settings.authToken.value : "";
  return { accountSid, authToken: present || (await askToken(prompts)) };
}

async function open(credentials: Credentials, step: Step): Promise<OpenAccount> {
  const { settings, timeoutMs } = step;
  const apiBaseUrl = settings.twilioApiBaseUrl.value;
  const account = await connectAccount({ ...credentials, ...regionAndEdge(settings), apiBaseUrl, timeoutMs });
  const state = await step.waitFor(account.check());
  if (state.status === "active") return { ...credentials, account, state };
  throw new AppError("conflict", `The account “${state.friendlyName}” is ${state.status}.`, {
    hint: "See the reason at https://console.twilio.com, or use another account.",
  });
}

const isWrong = (thrown: unknown): thrown is AppError =>
  thrown instanceof AppError && thrown.category === "auth";

/**
 * Fetches the account from Twilio. At a terminal, prompts again after a wrong token.
 * @throws AppError auth for a wrong token, conflict for an account that is suspended or closed
 */
export async function openAccount(step: Step): Promise<OpenAccount> {
  const { prompts, settings, info } = step;
  let known: Credentials | null = null;
  for (;;) {
    const credentials: Credentials = prompts
      ? await ask(prompts, step, known)
      : { accountSid: settings.accountSid.value, authToken: settings.authToken.value };
    try {
      const opened = await open(credentials, step);
      info(`Account: ${opened.state.friendlyName}`);
      return opened;
    } catch (thrown) {
      if (!prompts || !isWrong(thrown)) throw thrown;
      info(`Twilio refused the account SID or the auth token. ${thrown.hint ?? ""}`);
      known = credentials;
    }
  }
}
