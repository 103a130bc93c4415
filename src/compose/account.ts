import type { Account, AccountCredentials } from "../twilio/account/account.ts";
import {
  type ApiKeyCredentials,
  checkApiKey as check,
  connectAccount as connect,
} from "../twilio/account/connect.ts";

export type {
  Account,
  AccountCredentials,
  AccountState,
  NewApiKey,
  NumberSettings,
  NumberState,
} from "../twilio/account/account.ts";
export type { ServerTime } from "../twilio/rest/client.ts";
export type { ApiKeyCredentials } from "../twilio/account/connect.ts";

/**
 * Connects to a Twilio account with its auth token; sends no request yet.
 * @throws AppError config when `apiBaseUrl` is not on loopback
 */
export async function connectAccount(credentials: AccountCredentials): Promise<Account> {
  return connect(credentials);
}

/** @throws AppError auth when Twilio refuses the API key */
export function checkApiKey(credentials: ApiKeyCredentials): Promise<void> {
  return check(credentials);
}
