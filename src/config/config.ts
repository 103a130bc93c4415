import { AGENT_ID, E164 } from "../identifiers.ts";
import { greetingMistake } from "./greeting.ts";
import { type Mistake, refuseAll } from "./mistakes.ts";
import { reachMistake } from "./public-url.ts";
import { regionMistake } from "./region.ts";
import { ACCOUNT_SID, API_KEY_SID, isProxy } from "./shapes.ts";
import { SECRET_SHAPE, secretMistake } from "./secret.ts";

/** Reasons of a failed transfer, and the possible next steps. */
export const FAILURE_REASONS = [
  "no-answer",
  "busy",
  "declined",
  "unreachable",
  "machine",
  "error",
  "cancelled",
] as const;
export const FAILURE_STEPS = ["return", "queue", "voicemail", "hang-up"] as const;
type FailureReason = (typeof FAILURE_REASONS)[number];
type FailureStep = (typeof FAILURE_STEPS)[number];
type AfterFailureSetting = FailureStep | { [reason in FailureReason]?: FailureStep | undefined };

/** One word applies to every reason; a missing reason counts as `return`. */
export function failureSteps(setting: AfterFailureSetting = "return"): Record<FailureReason, FailureStep> {
  const stepOf = (why: FailureReason): FailureStep =>
    typeof setting === "object" ? (setting[why] ?? "return") : setting;
  return Object.fromEntries(FAILURE_REASONS.map((why) => [why, stepOf(why)])) as Record<
    FailureReason,
    FailureStep
  >;
}

/** A server's configuration, from `serverConfig` or the sandbox. */
export interface Config {
  /** `AC…` */
  accountSid: string;
  authToken: string;
  /** Also accepted in signatures, so that a rotation of the auth token needs no gap. Empty: none. */
  authTokenSecondary?: string;
  /** Twilio's region and edge, for REST, access tokens and browsers. Null: Twilio's defaults. */
  region?: string | null;
  edge?: string | null;
  /** `SK…`: signs access tokens. */
  apiKey: string;
  apiSecret: string;
  /** E.164: customers call it, and agents are dialled from it. */
  number: string;
  /** Where Twilio reaches this server, without a trailing slash. Null: `http://127.0.0.1:PORT`. */
  publicUrl: string | null;
  /** 0: any free port. */
  port: number;
  /** In ringing order. */
  agents: { id: string; name: string }[];
  /** Bearer token of the control API. */
  operatorToken: string;
  /**
   * Proxies whose X-Forwarded-For is believed: addresses, networks (`10.0.0.0/8`), `loopback` for one on this machine. Default:
   * none.
   */
  trustedProxies?: readonly string[];
  /** Signs sign-in links; at least 32 characters. */
  sessionSecret: string;
  /** A local Twilio in place of api.twilio.com; loopback only (invariant 11). */
  twilioApiBaseUrl: string | null;
  language: "en" | "ja";
  /** The first words that a waiting customer hears, in `language`. Null: the tutorial's sentence. */
  greeting: string | null;
  /** `file:PATH` of a SQLite file, or `memory:`. */
  storeUrl: string;
  /** How long an agent's phone rings. At least 6: Twilio's shortest time-out is 1 s, and it adds 5 s. */
  ringSeconds: number;
  /** Milliseconds until an agent who did not take a call is rung for it again. */
  retryAfter: number;
  /** How long a call may last: Twilio's own limit is 4 hours, or 24 if the account allows that. */
  maxCallMinutes: number;
  /** How a transfer brings the target in, unless its request says so. Default: `three-way`. */
  transferMode?: "three-way" | "consult" | "blind";
  /** As Twilio's tutorial: agents leave by hanging up, and a target who does ends the call for everyone. Default: false. */
  tutorialFlags?: boolean;
  /** Milliseconds in which an agent whose line was lost is rung before all others. Default: 30,000. */
  grace?: number;
  /** The reaction when the page of the agent in a call is gone for 8 s. Default: `announce`. */
  whenWindowGone?: "announce" | "ring-another" | "nothing";
  /** The customer's way after a failed transfer whose starter has left; one word, or one for each reason. */
  afterFailure?: AfterFailureSetting;
}

/** Name of the setting, of its variable, what it must match, what to do. */
type TextSetting =
  | "accountSid"
  | "authToken"
  | "authTokenSecondary"
  | "apiKey"
  | "apiSecret"
  | "number"
  | "operatorToken"
  | "sessionSecret";
type Shape = [name: TextSetting, variable: string, shape: RegExp, hint: string];
const SHAPES: Shape[] = [
  ["accountSid", "TWILIO_ACCOUNT_SID", ACCOUNT_SID, "Set TWILIO_ACCOUNT_SID: AC and 32 hexadecimal digits."],
  [
    "authToken",
    "TWILIO_AUTH_TOKEN",
    SECRET_SHAPE,
    "Set TWILIO_AUTH_TOKEN: the server checks Twilio's signatures with it.",
  ],
  [
    "authTokenSecondary",
    "TWILIO_AUTH_TOKEN_SECONDARY",
    SECRET_SHAPE,
    "Set TWILIO_AUTH_TOKEN_SECONDARY to the other auth token, or unset it.",
  ],
  ["apiKey", "TWILIO_API_KEY", API_KEY_SID, "Set TWILIO_API_KEY: SK and 32 hexadecimal digits."],
  ["apiSecret", "TWILIO_API_SECRET", SECRET_SHAPE, "Set TWILIO_API_SECRET, the secret of the API key."],
  ["number", "TWILIO_NUMBER", E164, "Set TWILIO_NUMBER in E.164, as in +15550001111."],
  ["operatorToken", "OPERATOR_TOKEN", /^[!-~]{16,}$/, "Set OPERATOR_TOKEN: at least 16 characters."],
  ["sessionSecret", "SESSION_SECRET", /^[^]{32,}$/, "Set SESSION_SECRET: at least 32 characters."],
];

/** Names the setting, never its value; checks only what is given. */
function textMistakes(given: Partial<Pick<Config, TextSetting>>): Mistake[] {
  return SHAPES.flatMap(([name, variable, shape, hint]) => {
    const value = given[name];
    if (value === undefined || shape.test(value)) return [];
    if (value === "" && name === "authTokenSecondary") return [];
    if (value === "") return [{ message: `${variable} is not set.`, hint }];
    if (shape === SECRET_SHAPE) return [{ ...secretMistake(value, variable), hint }];
    return [{ message: `${variable} is malformed.`, hint }];
  });
}

function agentMistakes(agents: Config["agents"]): Mistake[] {
  if (agents.length === 0)
    return [{ message: "No agents are configured.", hint: "Configure at least one agent." }];
  const wrong = agents.filter(({ id }) => !AGENT_ID.test(id));
  const mistakes = wrong.map(({ id }) => ({
    message: `"${id}" is not a valid agent id.`,
    hint: "Use at most 121 letters, digits and underscores.",
  }));
  if (new Set(agents.map(({ id }) => id)).size !== agents.length)
    mistakes.push({ message: "Two agents have the same id.", hint: "Give each agent its own id." });
  return mistakes;
}

function proxyMistakes(proxies: readonly string[]): Mistake[] {
  const wrong = proxies.filter((proxy) => !isProxy(proxy));
  const hint = "Use addresses, networks such as 10.0.0.0/8, or loopback, with commas between them.";
  return wrong.map((proxy) => ({ message: `TRUSTED_PROXIES: "${proxy}" is no address.`, hint }));
}

const isWithin = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high;

function numberMistakes({ port, ringSeconds, retryAfter, maxCallMinutes }: Config): Mistake[] {
  const checks: [boolean, string, string][] = [
    [isWithin(port, 0, 65_535), "The port is out of range.", "Use 0 to 65535; 0 means any free port."],
    [isWithin(ringSeconds, 6, 600), "ringSeconds is out of range.", "Use 6 to 600 seconds."],
    [isWithin(maxCallMinutes, 1, 1440), "maxCallMinutes is out of range.", "Use 1 to 1440 minutes."],
    [
      isWithin(retryAfter, 0, 86_400_000),
      "The pause before an agent is rung again is out of range.",
      "Use 0 to 86,400,000 milliseconds.",
    ],
  ];
  return checks.flatMap(([isGood, message, hint]) => (isGood ? [] : [{ message, hint }]));
}

/** Every setting that is missing or wrong, without its value. Does not ask Twilio. */
export function configMistakes(config: Config): Mistake[] {
  const urlError = config.publicUrl === null ? undefined : reachMistake(config.publicUrl, config);
  const { region = null, edge = null } = config;
  const regionError = regionMistake({ region, edge }, { isLocalTwilio: config.twilioApiBaseUrl !== null });
  const greetingError = config.greeting === null ? undefined : greetingMistake(config.greeting);
  return [
    ...textMistakes(config),
    ...numberMistakes(config),
    ...agentMistakes(config.agents),
    ...proxyMistakes(config.trustedProxies ?? []),
    ...[urlError, greetingError, regionError].filter((mistake) => mistake !== undefined),
  ];
}

const INIT_HINT = "Or run: warm-transfer init";

/** @throws AppError config that names every setting that is missing or wrong, without its value */
export function assertConfig(config: Config): void {
  refuseAll(configMistakes(config), INIT_HINT);
}

/** Requests about the account need fewer settings than a server. @throws AppError config */
export function assertAccount(given: Pick<Config, "accountSid" | "authToken">): void {
  refuseAll(textMistakes(given), INIT_HINT);
}
