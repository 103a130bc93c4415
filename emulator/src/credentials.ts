import { randomBytes } from "node:crypto";
import type { Credentials, EmulatorOptions } from "./types.ts";
import { newSid } from "./world/sids.ts";

const SHAPES: Record<"accountSid" | "apiKey", RegExp> = {
  accountSid: /^AC[0-9a-f]{32}$/,
  apiKey: /^SK[0-9a-f]{32}$/,
};

/** Given credentials, or random ones. @throws Error when one has not Twilio's shape, or a secret is empty */
export function makeCredentials(options: EmulatorOptions): Credentials {
  const credentials: Credentials = {
    accountSid: options.accountSid ?? newSid("AC"),
    authToken: options.authToken ?? randomBytes(16).toString("hex"),
    apiKey: options.apiKey ?? newSid("SK"),
    apiSecret: options.apiSecret ?? randomBytes(16).toString("hex"),
  };
  for (const name of ["accountSid", "apiKey"] as const)
    if (!SHAPES[name].test(credentials[name]))
      throw new Error(`${name} must be ${name === "apiKey" ? "SK" : "AC"} and 32 hexadecimal digits`);
  for (const name of ["authToken", "apiSecret"] as const)
    if (credentials[name] === "") throw new Error(`${name} must not be empty`);
  return credentials;
}
