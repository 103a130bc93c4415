import { greetingMistake } from "../../../config/greeting.ts";
import { type Mistake, refuseAll } from "../../../config/mistakes.ts";
import { publicUrlMistake } from "../../../config/public-url.ts";
import { ACCOUNT_SID, API_KEY_SID } from "../../../config/shapes.ts";
import { E164 } from "../../../identifiers.ts";
import { SECRET_SHAPE, secretMistake } from "../../../config/secret.ts";
import { type Settings, VARIABLES } from "../../../config/settings.ts";
import { AppError } from "../../../errors.ts";
import { reachOf } from "./reach.ts";

const SHAPES = [
  ["accountSid", ACCOUNT_SID, "AC and 32 hexadecimal digits"],
  ["apiKey", API_KEY_SID, "SK and 32 hexadecimal digits"],
  ["number", E164, "a phone number in E.164, as in +15550001111"],
] as const;

function mistakesIn(settings: Settings): Mistake[] {
  const shapes = SHAPES.flatMap(([key, shape, form]) => {
    const { value, source } = settings[key];
    if (value === "" || shape.test(value)) return [];
    const message = `${VARIABLES[key]} is not ${form}.`;
    return [{ message, hint: `Its source is: ${source}. Correct it there.` }];
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

/** @throws AppError config that names every malformed value, without secrets */
export function assertGiven(settings: Settings): void {
  refuseAll(mistakesIn(settings));
}

/** Each missing value, and how to pass it. */
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
    [reach === undefined, "a public URL or a tunnel: --public-url, PUBLIC_URL, --tunnel, or TUNNEL"],
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

/** @throws AppError usage that names every missing value with its flag and variable */
export function assertComplete(settings: Settings): void {
  const missing = missingFrom(settings);
  if (missing.length === 0) return;
  throw new AppError("usage", `Missing settings:\n${missing.map((each) => `  ${each}`).join("\n")}`, {
    hint: "Pass them, or run this at a terminal, which prompts for them: warm-transfer init",
  });
}
