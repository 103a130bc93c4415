import { CommandError } from "./command-error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** From the environment; the emulator generates the missing ones. */
export interface GivenCredentials {
  accountSid?: string;
  authToken?: string;
  apiKey?: string;
  apiSecret?: string;
  number?: string;
  /** The SID of the TwiML application. */
  application?: string;
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
    shape: /^AC[0-9a-f]{32}$/,
    form: "AC and 32 hexadecimal digits",
  },
  { key: "authToken", name: "TWILIO_AUTH_TOKEN", shape: /^\S+$/, form: "a word without spaces" },
  { key: "apiKey", name: "TWILIO_API_KEY", shape: /^SK[0-9a-f]{32}$/, form: "SK and 32 hexadecimal digits" },
  { key: "apiSecret", name: "TWILIO_API_SECRET", shape: /^\S+$/, form: "a word without spaces" },
  {
    key: "number",
    name: "TWILIO_NUMBER",
    shape: /^\+[1-9]\d{6,14}$/,
    form: "+, the country's code and the number",
  },
  {
    key: "application",
    name: "TWILIO_TWIML_APP_SID",
    shape: /^AP[0-9a-f]{32}$/,
    form: "AP and 32 hexadecimal digits",
  },
];

/** @throws CommandError that names the variable; never its value */
export function credentialsFrom(env: Environment): GivenCredentials {
  const given: GivenCredentials = {};
  for (const { key, name, shape, form } of VARIABLES) {
    const value = env[name];
    if (value === undefined || value === "") continue;
    if (!shape.test(value)) throw new CommandError(`${name} is not ${form}.`, `Fix it, or run unset ${name}`);
    given[key] = value;
  }
  return given;
}
