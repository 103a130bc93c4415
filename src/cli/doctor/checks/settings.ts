import { configMistakes } from "../../../config/config.ts";
import { configOf } from "../../../config/load.ts";
import { type Settings, VARIABLES } from "../../../config/settings.ts";
import { emptyFolderMistake } from "../../../config/empty-folder.ts";
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

function shown(key: Key, value: unknown): string {
  if (SECRET.has(key)) return "set";
  return key === "number" ? maskAddress(String(value)) : String(value);
}

/** A line for each setting: value and source. */
function sources(settings: Settings): string {
  const said = NEEDED.filter((key) => settings[key].value !== "" && settings[key].value !== null);
  const won = said.map(
    (key) => `${VARIABLES[key]}: ${shown(key, settings[key].value)} (${settings[key].source})`,
  );
  const { agents, language } = settings;
  const people = `agents: ${agents.value.map(({ id }) => id).join(", ") || "none"} (${agents.source})`;
  return [...won, people, `language: ${language.value} (${language.source})`].join("\n");
}

/** Every setting that is missing or malformed; otherwise the source of each value. */
export function checkSettings(settings: Settings): Finding[] {
  const report = reportOn("settings");
  const mistake = emptyFolderMistake(settings);
  if (mistake) return [report.failure(mistake.message, mistake.hint)];
  const mistakes = configMistakes(configOf(settings));
  if (mistakes.length === 0) return [report.ok(`None is missing or malformed.\n${sources(settings)}`)];
  return mistakes.map(({ message, hint }) => report.failure(message, hint));
}
