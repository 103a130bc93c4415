import { TwilioError } from "../engine/engine.ts";
import type { World } from "../types.ts";

function basicCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const [scheme, encoded] = header?.split(" ") ?? [];
  if (scheme?.toLowerCase() !== "basic" || !encoded) return undefined;
  const [user = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  return { user, password: rest.join(":") };
}

/**
 * The client: the account by its SID and auth token, or one of its API keys (Standard keys) by SID and secret.
 * @throws TwilioError 401/20003 for anything else (www.twilio.com/docs/api/errors/20003)
 */
export function authenticate(header: string | undefined, { account, keys }: World): "account" | "key" {
  const given = basicCredentials(header);
  if (given?.user === account.accountSid && given.password === account.authToken) return "account";
  if (given && keys.get(given.user)?.secret === given.password) return "key";
  throw new TwilioError(20003, "Authenticate", 401);
}

/**
 * A Standard key may not see or change the account or its keys (www.twilio.com/docs/iam/api-keys).
 * @throws TwilioError 401/20003 when a key asks
 */
export function refuseKeys(asker: "account" | "key", resource: string): void {
  if (asker === "key")
    throw new TwilioError(20003, `Permission denied: a Standard API key has no access to ${resource}`, 401);
}
