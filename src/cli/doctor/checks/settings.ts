import { configMistakes } from "../../../config/config.ts";
import { configOf } from "../../../config/load.ts";
import { type Settings, VARIABLES } from "../../../config/settings.ts";
import { untouchedMistake } from "../../../config/untouched.ts";
import { maskAddress } from "../../../mask.ts";
import { type Finding, reportOn } from "../finding.ts";

type Key = keyof typeof VARIABLES;

const NEEDED: readonly Key[] = [
  "accountSid",
  "authToken",
  "apiKey",
  "apiSecret",
  "operatorToken",
  "number",
  "publicUrl",
  "port",
  "storeUrl",
];

const SECRET: ReadonlySet<Key> = new Set(["authToken", "apiSecret", "operatorToken"]);

/** A setting's value as it may be shown. */
function shown(key: Key, value: unknown): string {
  if (SECRET.has(key)) return "set";
  return key === "number" ? maskAddress(String(value)) : String(value);
}

/** Where each setting came from: flags, environment, `.env`, `warm-transfer.json` or default. */
function sources(settings: Settings): string {
  const said = NEEDED.filter((key) => settings[key].value !== "" && settings[key].value !== null);
  const won = said.map(
    (key) => `${VARIABLES[key]}: ${shown(key, settings[key].value)} (${settings[key].source})`,
  );
  const { agents, language } = settings;
  const people = `agents: ${agents.value.map(({ id }) => id).join(", ") || "none"} (${agents.source})`;
  return [...won, people, `language: ${language.value} (${language.source})`].join("\n");
}

/** Every setting that is missing or wrong; when there is none, which source each value came from. */
export function checkSettings(settings: Settings): Finding[] {
  const report = reportOn("settings");
  const untouched = untouchedMistake(settings);
  if (untouched) return [report.failure(untouched.message, untouched.hint)];
  const mistakes = configMistakes(configOf(settings));
  if (mistakes.length === 0) return [report.ok(`All are there.\n${sources(settings)}`)];
  return mistakes.map(({ message, hint }) => report.failure(message, hint));
}
