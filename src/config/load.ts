import { hkdfSync } from "node:crypto";
import { resolve } from "node:path";
import { isLoopback } from "../loopback.ts";
import { type Config, assertConfig } from "./config.ts";
import { readEnvFile } from "./env-file.ts";
import { refuseAll } from "./mistakes.ts";
import { readProjectFile } from "./project-file.ts";
import { withEdge } from "./region.ts";
import { DEFAULT_STORE_URL } from "./state-folder.ts";
import { type Setting, type SettingValues, type Settings, type Source, VARIABLES } from "./settings.ts";
import { emptyFolderMistake } from "./empty-folder.ts";

const DEFAULTS: SettingValues = {
  accountSid: "",
  authToken: "",
  apiKey: "",
  apiSecret: "",
  operatorToken: "",
  ngrokAuthtoken: "",
  trustedProxies: "",
  sessionSecret: "",
  authTokenSecondary: "",
  twilioApiBaseUrl: null,
  region: null,
  edge: null,
  number: "",
  publicUrl: null,
  port: 3000,
  storeUrl: DEFAULT_STORE_URL,
  agents: [],
  language: "en",
  greeting: null,
  tunnel: null,
  ringSeconds: 20,
  retryAfterSeconds: 10,
  maxCallMinutes: 240,
  transferMode: "three-way",
  tutorialFlags: false,
  graceSeconds: 30,
  whenWindowGone: "announce",
  afterFailure: "return",
};

const KEYS = Object.keys(DEFAULTS) as (keyof SettingValues)[];

type Variables = Readonly<Record<string, string | undefined>>;

export interface LoadOptions {
  /** The folder of `.env` and `warm-transfer.json`. */
  cwd: string;
  env: Variables;
  /** Values from the command line. */
  flags?: { readonly [K in keyof SettingValues]?: SettingValues[K] | undefined };
}

/** An empty variable counts as unset. */
function valuesOf(variables: Variables): Partial<SettingValues> {
  const values = Object.entries(VARIABLES).flatMap(([key, name]) => {
    const text = variables[name];
    return text === undefined || text === "" ? [] : [[key, key === "port" ? portOf(text) : text]];
  });
  return Object.fromEntries(values) as Partial<SettingValues>;
}

const portOf = (text: string): number => (/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);

/** Without a port setting, a local public URL names the port. */
function defaultPort({ value }: Setting<string | null>): number {
  const url = value !== null && URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== "http:" || !isLoopback(url.hostname)) return DEFAULTS.port;
  return Number(url.port || 80);
}

/**
 * Every setting with its value and source. Precedence, highest first: flags, environment, `.env`, `warm-transfer.json`,
 * defaults. A missing setting is no error here: `serverConfig` reports it.
 * @throws AppError config when a file cannot be read, or for the mistakes in `warm-transfer.json`
 */
export async function loadSettings({ cwd, env, flags = {} }: LoadOptions): Promise<Settings> {
  const [file, project] = await Promise.all([readEnvFile(cwd), readProjectFile(cwd)]);
  const sources: [Source, LoadOptions["flags"] & object][] = [
    ["flag", flags],
    ["environment", valuesOf(env)],
    [".env", valuesOf(file)],
    ["warm-transfer.json", project],
    ["default", DEFAULTS],
  ];
  const find = (key: keyof SettingValues): Setting<unknown> => {
    const [source, values] = sources.find(([, values]) => values[key] !== undefined) ?? ["default", DEFAULTS];
    return { value: values[key], source };
  };
  const settings = { ...Object.fromEntries(KEYS.map((key) => [key, find(key)])), cwd } as Settings;
  if (settings.port.source !== "default") return settings;
  return { ...settings, port: { value: defaultPort(settings.publicUrl), source: "default" } };
}

/** Derived from the token, so that sign-in links and sessions survive a restart (RFC 5869). */
function derivedSecret(authToken: string): string {
  return Buffer.from(hkdfSync("sha256", authToken, "", "warm-transfer sessions", 32)).toString("base64url");
}

/** Resolves a relative path from the settings' folder. */
function absoluteStore(storeUrl: string, cwd: string): string {
  return /^file:(?!\/\/)/.test(storeUrl) ? `file:${resolve(cwd, storeUrl.slice("file:".length))}` : storeUrl;
}

/** The settings as a server's configuration, unchecked. */
export function configOf(settings: Settings): Config {
  const { accountSid, authToken, apiKey, apiSecret, number, publicUrl, port, agents, language } = settings;
  return {
    accountSid: accountSid.value,
    authToken: authToken.value,
    authTokenSecondary: settings.authTokenSecondary.value,
    ...withEdge({ region: settings.region.value, edge: settings.edge.value }),
    apiKey: apiKey.value,
    apiSecret: apiSecret.value,
    number: number.value,
    publicUrl: publicUrl.value,
    port: port.value,
    agents: agents.value,
    operatorToken: settings.operatorToken.value,
    trustedProxies: settings.trustedProxies.value.split(/[\s,]+/).filter((proxy) => proxy !== ""),
    sessionSecret: settings.sessionSecret.value || derivedSecret(authToken.value),
    twilioApiBaseUrl: settings.twilioApiBaseUrl.value,
    language: language.value,
    greeting: settings.greeting.value,
    storeUrl: absoluteStore(settings.storeUrl.value, settings.cwd),
    ringSeconds: settings.ringSeconds.value,
    retryAfter: settings.retryAfterSeconds.value * 1000,
    maxCallMinutes: settings.maxCallMinutes.value,
    transferMode: settings.transferMode.value,
    tutorialFlags: settings.tutorialFlags.value,
    grace: settings.graceSeconds.value * 1000,
    whenWindowGone: settings.whenWindowGone.value,
    afterFailure: settings.afterFailure.value,
  };
}

/**
 * The settings as a server's configuration.
 * @throws AppError config that names every setting that is missing or wrong
 */
export function serverConfig(settings: Settings): Config {
  const mistake = emptyFolderMistake(settings);
  if (mistake) refuseAll([mistake]);
  const config = configOf(settings);
  assertConfig(config);
  return config;
}
