import { TwilioError } from "../engine/engine.ts";
import type { Credentials } from "../types.ts";

function basicCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const [scheme, encoded] = header?.split(" ") ?? [];
  if (scheme?.toLowerCase() !== "basic" || !encoded) return undefined;
  const [user = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  return { user, password: rest.join(":") };
}

/**
 * Who asks: the account by its SID and auth token, or its API key (a Standard key) by SID and secret.
 * @throws TwilioError 401/20003 for anything else (www.twilio.com/docs/api/errors/20003)
 */
export function authenticate(header: string | undefined, account: Credentials): "account" | "key" {
  const given = basicCredentials(header);
  if (given?.user === account.accountSid && given.password === account.authToken) return "account";
  if (given?.user === account.apiKey && given.password === account.apiSecret) return "key";
  throw new TwilioError(20003, "Authenticate", 401);
}

/**
 * A Standard key may not read the account or its keys (www.twilio.com/docs/iam/api-keys).
 * @throws TwilioError 401/20003
 */
export function refuseKeyFor(resource: string): never {
  throw new TwilioError(20003, `Permission denied: a Standard API key may not read ${resource}`, 401);
}
