import { greetingMistake } from "../../../config/greeting.ts";
import { type Mistake, refuseAll } from "../../../config/mistakes.ts";
import { publicUrlMistake } from "../../../config/public-url.ts";
import { ACCOUNT_SID, API_KEY_SID, E164 } from "../../../config/shapes.ts";
import { SECRET_SHAPE, secretMistake } from "../../../config/secret.ts";
import { type Settings, VARIABLES } from "../../../config/settings.ts";
import { AppError } from "../../../errors.ts";
import { reachOf } from "./reach.ts";

const SHAPES = [
  ["accountSid", ACCOUNT_SID, "AC and 32 hexadecimal digits"],
  ["apiKey", API_KEY_SID, "SK and 32 hexadecimal digits"],
  ["number", E164, "a phone number in E.164: +, the country's code and the number, digits only"],
] as const;

/** What is there, but cannot be right. */
function mistakesIn(settings: Settings): Mistake[] {
  const shapes = SHAPES.flatMap(([key, shape, form]) => {
    const { value, source } = settings[key];
    if (value === "" || shape.test(value)) return [];
    const message = `${VARIABLES[key]} is not ${form}.`;
    return [{ message, hint: `It came from: ${source}. Correct it there.` }];
  });
  const secrets = (["authToken", "authTokenSecondary", "apiSecret", "ngrokAuthtoken"] as const).flatMap(
    (key) => {
      const { value } = settings[key];
      return value === "" || SECRET_SHAPE.test(value) ? [] : [secretMistake(value, VARIABLES[key])];
    },
  );
  const reach = reachOf(settings)?.reach;
  const url = reach?.kind === "given" ? publicUrlMistake(reach.publicUrl) : undefined;
  const greeting = settings.greeting.value ? greetingMistake(settings.greeting.value) : undefined;
  return [...shapes, ...secrets, ...[url, greeting].filter((mistake) => mistake !== undefined)];
}

/** @throws AppError config that tells everything that cannot be right, without secrets */
export function assertGiven(settings: Settings): void {
  refuseAll(mistakesIn(settings));
}

/** What is needed and not there: what it is, how to give it. */
function missingFrom(settings: Settings): string[] {
  const reach = reachOf(settings)?.reach;
  const needs: [boolean, string][] = [
    [settings.accountSid.value === "", "the account SID: --account-sid, or TWILIO_ACCOUNT_SID"],
    [
      settings.authToken.value === "",
      "the auth token: on standard input, TWILIO_AUTH_TOKEN, or --auth-token-file",
    ],
    [settings.number.value === "", "the account's number: --number, or TWILIO_NUMBER"],
    [settings.agents.value.length === 0, "the agents: --agents, or AGENTS"],
    [
      reach === undefined,
      "how Twilio reaches the server: --public-url, or PUBLIC_URL; or --tunnel, or TUNNEL",
    ],
    [
      reach?.kind === "ngrok" && settings.ngrokAuthtoken.value === "",
      "ngrok's authtoken: NGROK_AUTHTOKEN, or --ngrok-authtoken-file",
    ],
    [
      settings.apiKey.value !== "" && settings.apiSecret.value === "",
      "the API key's secret: TWILIO_API_SECRET, or --api-secret-file",
    ],
  ];
  return needs.flatMap(([isMissing, what]) => (isMissing ? [what] : []));
}

/** @throws AppError usage that tells everything that is missing, with its flag and its variable */
export function assertComplete(settings: Settings): void {
  const missing = missingFrom(settings);
  if (missing.length === 0) return;
  throw new AppError("usage", `These are missing:\n${missing.map((each) => `  ${each}`).join("\n")}`, {
    hint: "Give them, or type this at a terminal, where they are asked for: warm-transfer init",
  });
}
