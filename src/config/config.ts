import { AppError } from "../errors.ts";
import { isLoopback } from "../loopback.ts";

/** Everything that a server needs to know. Read from the environment by `readConfig`, or made by the sandbox. */
export interface Config {
  /** `AC…` */
  accountSid: string;
  authToken: string;
  /** `SK…`: signs access tokens. */
  apiKey: string;
  apiSecret: string;
  /** E.164: the number that customers ring and that agents are dialled from. */
  number: string;
  /** Where Twilio reaches this server, without a trailing slash. Null: `http://127.0.0.1:PORT`. */
  publicUrl: string | null;
  /** 0: any free port. */
  port: number;
  /** In the order in which they are rung. */
  agents: { id: string; name: string }[];
  /** Bearer token of the control API. */
  operatorToken: string;
  /** Signs sign-in links; at least 32 characters. */
  sessionSecret: string;
  /** A local Twilio in place of api.twilio.com; loopback only (invariant 11). */
  twilioApiBaseUrl: string | null;
  language: "en" | "ja";
  /** What a waiting customer hears first, in `language`; null: the tutorial's sentence. */
  greeting: string | null;
  /** Where call records and sessions are kept: `file:PATH` of a SQLite file, or `memory:`. */
  storeUrl: string;
  ringSeconds: number;
  /** Milliseconds until an agent who did not take a call is rung again for it. */
  retryAfter: number;
}

function refuse(message: string, hint: string): never {
  throw new AppError("config", message, { hint });
}

/**
 * Checks an address at which Twilio is to reach this server: a host over TLS, or loopback.
 * @throws AppError config
 */
export function assertPublicUrl(text: string): void {
  if (!URL.canParse(text))
    refuse("PUBLIC_URL is not an address.", "Use https://HOST of your tunnel or proxy.");
  const url = new URL(text);
  if (url.hostname.includes("_"))
    refuse("The host in PUBLIC_URL has an underscore, which Twilio refuses.", "Use a host name without one.");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    refuse("PUBLIC_URL must begin with https://.", "Only addresses of this machine may use http://.");
  if (url.username || url.password || text !== url.origin)
    refuse("PUBLIC_URL must be a host only.", `Write it without a path or anything else: ${url.origin}`);
}

function assertAgents(agents: Config["agents"]): void {
  if (agents.length === 0) refuse("There are no agents.", "Name at least one agent.");
  const wrong = agents.find(({ id }) => !/^[A-Za-z0-9_]{1,121}$/.test(id));
  if (wrong)
    refuse(`"${wrong.id}" cannot be an agent's id.`, "Use letters, digits and underscores, at most 121.");
  if (new Set(agents.map(({ id }) => id)).size !== agents.length)
    refuse("Two agents have the same id.", "Give each agent an id of its own.");
}

/** Name of the setting, what it must match, what to do. */
type TextSetting =
  "accountSid" | "authToken" | "apiKey" | "apiSecret" | "number" | "operatorToken" | "sessionSecret";
type Shape = [name: TextSetting, shape: RegExp, hint: string];
const SHAPES: Shape[] = [
  ["accountSid", /^AC[0-9a-f]{32}$/, "Set TWILIO_ACCOUNT_SID: AC and 32 hexadecimal digits."],
  [
    "authToken",
    /^[!-~]+$/,
    "Set TWILIO_AUTH_TOKEN; without it nobody could tell Twilio's requests from others.",
  ],
  ["apiKey", /^SK[0-9a-f]{32}$/, "Set TWILIO_API_KEY: SK and 32 hexadecimal digits."],
  ["apiSecret", /^[!-~]+$/, "Set TWILIO_API_SECRET, the secret of the API key."],
  ["number", /^\+[1-9]\d{4,14}$/, "Set TWILIO_NUMBER in E.164: +15550123."],
  ["operatorToken", /^[!-~]{16,}$/, "Set OPERATOR_TOKEN: at least 16 characters."],
  ["sessionSecret", /^[^]{32,}$/, "Set SESSION_SECRET: at least 32 characters."],
];

const isWithin = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high;

/**
 * Checks what can be checked without asking Twilio.
 * @throws AppError config that names the setting (never its value) and says what to do
 */
export function assertConfig(config: Config): void {
  for (const [name, shape, hint] of SHAPES)
    if (!shape.test(config[name])) refuse(`The setting ${name} is missing or not what it should be.`, hint);
  if (!isWithin(config.port, 0, 65_535))
    refuse("The port is not a port.", "Use 0 to 65535; 0 takes any free one.");
  if (!isWithin(config.ringSeconds, 1, 600))
    refuse("An agent cannot ring that long.", "Use 1 to 600 seconds.");
  if (!isWithin(config.retryAfter, 0, 86_400_000))
    refuse("The pause before an agent is rung again is wrong.", "Use milliseconds.");
  assertAgents(config.agents);
  if (config.publicUrl !== null) assertPublicUrl(config.publicUrl);
}

const DEFAULTS = {
  publicUrl: null,
  port: 3000,
  language: "en",
  greeting: null,
  storeUrl: "memory:",
  ringSeconds: 20,
  retryAfter: 10_000,
} as const;

/**
 * A configuration from environment variables, over what is given besides (agents, language, …), over the defaults.
 * Whatever is missing stays empty: `assertConfig` says what to set.
 * @param env such as `process.env`; `TWILIO_API_BASE_URL` stands for a local Twilio, which must be on loopback
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  besides: Pick<Config, "agents"> & Partial<Config>,
): Config {
  const text = (name: string, otherwise = ""): string => env[name] ?? otherwise;
  return {
    ...DEFAULTS,
    ...besides,
    accountSid: text("TWILIO_ACCOUNT_SID", besides.accountSid),
    authToken: text("TWILIO_AUTH_TOKEN", besides.authToken),
    apiKey: text("TWILIO_API_KEY", besides.apiKey),
    apiSecret: text("TWILIO_API_SECRET", besides.apiSecret),
    number: text("TWILIO_NUMBER", besides.number),
    operatorToken: text("OPERATOR_TOKEN", besides.operatorToken),
    sessionSecret: text("SESSION_SECRET", besides.sessionSecret),
    publicUrl: env.PUBLIC_URL ?? besides.publicUrl ?? DEFAULTS.publicUrl,
    port: env.PORT === undefined ? (besides.port ?? DEFAULTS.port) : Number(env.PORT),
    twilioApiBaseUrl: env.TWILIO_API_BASE_URL ?? besides.twilioApiBaseUrl ?? null,
  };
}
