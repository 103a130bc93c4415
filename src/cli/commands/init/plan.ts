import type { ProjectChange, ProjectFile } from "../../../config/project-file.ts";
import { STATE_FOLDER } from "../../../config/state-folder.ts";
import type { Agent } from "./agents.ts";
import type { GreetingSettings } from "./agents-and-greeting.ts";
import type { Reach } from "./reach.ts";

/** The settings that `init` writes. */
export interface WantedSettings {
  accountSid: string;
  authToken: string;
  /** Null: `init` creates one. */
  apiKey: { sid: string; secret: string } | null;
  operatorToken: string;
  /** Empty: none is needed, and an existing one stays. */
  ngrokAuthtoken: string;
  number: string;
  agents: Agent[];
  words: GreetingSettings;
  reach: Reach;
}

/** The settings in the files now. */
export interface CurrentSettings {
  envFile: Readonly<Record<string, string | undefined>>;
  project: ProjectFile;
}

export interface Change {
  file: ".env" | "warm-transfer.json";
  name: string;
  /** Masked; undefined: unset. */
  before: string | undefined;
  /** Masked; undefined: removed. */
  after: string | undefined;
}

export interface Plan {
  /** Without the API key, if `init` creates one. */
  env: Record<string, string>;
  project: ProjectChange;
  changes: Change[];
}

/** In the state folder. */
export const SCHEMA_FILE = "warm-transfer.schema.json";
const SECRETS = /TOKEN|SECRET/;

/** Identifies a long secret by its last four characters. */
function maskSecret(secret: string): string {
  return secret.length < 16 ? "•••" : `…${secret.slice(-4)}`;
}

const shown = (name: string, value: string): string => (SECRETS.test(name) ? maskSecret(value) : value);

function envOf(wanted: WantedSettings): Record<string, string> {
  const { accountSid, authToken, apiKey, operatorToken, ngrokAuthtoken } = wanted;
  return {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    ...(apiKey ? keyValues(apiKey) : {}),
    OPERATOR_TOKEN: operatorToken,
    ...(ngrokAuthtoken === "" ? {} : { NGROK_AUTHTOKEN: ngrokAuthtoken }),
  };
}

export function keyValues({ sid, secret }: { sid: string; secret: string }): Record<string, string> {
  return { TWILIO_API_KEY: sid, TWILIO_API_SECRET: secret };
}

function projectOf({ number, agents, words, reach }: WantedSettings): ProjectChange {
  return {
    $schema: `./${STATE_FOLDER}/${SCHEMA_FILE}`,
    number,
    publicUrl: reach.kind === "given" ? reach.publicUrl : undefined,
    tunnel: reach.kind === "given" ? undefined : reach,
    agents,
    language: words.language,
    greeting: words.greeting ?? undefined,
  };
}

function envChanges(env: Record<string, string>, { envFile }: CurrentSettings): Change[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const before = envFile[name] || undefined;
    if (before === value) return [];
    return [{ file: ".env", name, before: before && shown(name, before), after: shown(name, value) }];
  });
}

function newKeyChanges({ envFile }: CurrentSettings): Change[] {
  return ["TWILIO_API_KEY", "TWILIO_API_SECRET"].map((name) => {
    const before = envFile[name] || undefined;
    return { file: ".env", name, before: before && shown(name, before), after: "a new one" };
  });
}

function projectChanges(wanted: ProjectChange, { project }: CurrentSettings): Change[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const before: unknown = project[name as keyof ProjectFile];
    const [old, next] = [before, value].map((each) =>
      each === undefined ? undefined : JSON.stringify(each),
    );
    return old === next || name === "$schema"
      ? []
      : [{ file: "warm-transfer.json", name, before: old, after: next }];
  });
}

export function planChanges(wanted: WantedSettings, present: CurrentSettings): Plan {
  const [env, project] = [envOf(wanted), projectOf(wanted)];
  const changes = [
    ...envChanges(env, present),
    ...(wanted.apiKey ? [] : newKeyChanges(present)),
    ...projectChanges(project, present),
  ];
  return { env, project, changes };
}

export function overwritesOf({ changes }: Plan): Change[] {
  return changes.filter(({ before }) => before !== undefined);
}
