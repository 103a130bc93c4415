import type { Account, AccountCredentials } from "../twilio/account/account.ts";
import { type ApiKeyCredentials, checkApiKey as check } from "../twilio/account/check-api-key.ts";
import { connectAccount as connect } from "../twilio/account/connect-account.ts";

export type {
  Account,
  AccountCredentials,
  AccountState,
  NewApiKey,
  NumberSettings,
  NumberState,
  ServerTime,
} from "../twilio/account/account.ts";
export type { ApiKeyCredentials } from "../twilio/account/check-api-key.ts";

/**
 * A Twilio account, asked with its auth token. Asks nothing yet.
 * @throws AppError config when `apiBaseUrl` is not on loopback
 */
export async function connectAccount(credentials: AccountCredentials): Promise<Account> {
  return connect(credentials);
}

/** @throws AppError auth when the API key is not one of the account's, or its secret is another one */
export function checkApiKey(credentials: ApiKeyCredentials): Promise<void> {
  return check(credentials);
}
