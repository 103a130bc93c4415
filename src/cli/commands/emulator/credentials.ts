import { ACCOUNT_SID, API_KEY_SID } from "../../../config/shapes.ts";
import { E164 } from "../../../identifiers.ts";
import { AppError } from "../../../errors.ts";
import type { Environment } from "../../terminal/colour.ts";

/** From the environment; the emulator generates the missing ones. */
export interface GivenCredentials {
  accountSid?: string;
  authToken?: string;
  apiKey?: string;
  apiSecret?: string;
  number?: string;
}

interface Variable {
  key: keyof GivenCredentials;
  name: string;
  shape: RegExp;
  form: string;
}

const VARIABLES: readonly Variable[] = [
  {
    key: "accountSid",
    name: "TWILIO_ACCOUNT_SID",
    shape: ACCOUNT_SID,
    form: "AC and 32 hexadecimal digits",
  },
  { key: "authToken", name: "TWILIO_AUTH_TOKEN", shape: /^\S+$/, form: "a word without spaces" },
  { key: "apiKey", name: "TWILIO_API_KEY", shape: API_KEY_SID, form: "SK and 32 hexadecimal digits" },
  { key: "apiSecret", name: "TWILIO_API_SECRET", shape: /^\S+$/, form: "a word without spaces" },
  {
    key: "number",
    name: "TWILIO_NUMBER",
    shape: E164,
    form: "+, the country's code and the number",
  },
];

/** @throws AppError config that names the variable; never its value */
export function credentialsFrom(env: Environment): GivenCredentials {
  const given: GivenCredentials = {};
  for (const { key, name, shape, form } of VARIABLES) {
    const value = env[name];
    if (value === undefined || value === "") continue;
    if (!shape.test(value))
      throw new AppError("config", `${name} is not ${form}.`, {
        hint: `Fix it, or run unset ${name}`,
      });
    given[key] = value;
  }
  return given;
}
