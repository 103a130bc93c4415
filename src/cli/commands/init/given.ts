import { readFile } from "node:fs/promises";
import { readEnvFile } from "../../../config/env-file.ts";
import { loadSettings } from "../../../config/load.ts";
import { type ProjectFile, readProjectFile } from "../../../config/project-file.ts";
import type { Settings } from "../../../config/settings.ts";
import { secretText } from "../../../config/text-file.ts";
import { AppError, systemCode } from "../../../errors.ts";
import type { Environment } from "../../terminal/colour.ts";
import type { Context } from "../../context.ts";
import { agentsFrom } from "./agents.ts";
import type { InitFlags } from "./flags.ts";

/** The settings before any prompt. */
export interface GivenSettings {
  settings: Settings;
  /** The current values in `.env` and `warm-transfer.json`. */
  envFile: Readonly<Record<string, string | undefined>>;
  project: ProjectFile;
}

async function secretFrom(path: string | undefined, flag: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const bytes = await readFile(path).catch((thrown: unknown) => {
    const reason = systemCode(thrown) ?? "unknown";
    throw new AppError("usage", `The file given with ${flag} cannot be read (${reason}).`, {
      hint: "Pass the name of a file that contains the secret and nothing else.",
      cause: thrown,
    });
  });
  return secretText(bytes, `The file given with ${flag}`);
}

/** @throws AppError usage for another word */
function choiceFrom<const T extends string>(
  env: Environment,
  name: string,
  words: readonly T[],
): T | undefined {
  const text = env[name];
  if (!text) return undefined;
  const word = words.find((each) => each === text);
  if (word !== undefined) return word;
  throw new AppError("usage", `${name} must be one of: ${words.join(", ")}.`, {
    hint: `Correct it, or run: unset ${name}`,
  });
}

function tunnelFrom(
  { tunnel: kind, ngrokDomain }: Pick<InitFlags, "tunnel" | "ngrokDomain">,
  words: [domain: string, kind: string],
): ProjectFile["tunnel"] {
  if (kind === undefined && ngrokDomain === undefined) return undefined;
  if (kind === "cloudflared" && ngrokDomain !== undefined)
    throw new AppError("usage", `${words[0]} applies to ngrok only, but ${words[1]} is cloudflared.`, {
      hint: "Remove one of them.",
    });
  if (kind === "cloudflared") return { kind };
  return { kind: "ngrok", ...(ngrokDomain === undefined ? {} : { domain: ngrokDomain }) };
}

async function fromFlags(flags: InitFlags) {
  const [authToken, apiSecret, ngrokAuthtoken] = await Promise.all([
    secretFrom(flags.authTokenFile, "--auth-token-file"),
    secretFrom(flags.apiSecretFile, "--api-secret-file"),
    secretFrom(flags.ngrokAuthtokenFile, "--ngrok-authtoken-file"),
  ]);
  const { accountSid, apiKey, number, publicUrl, language, greeting } = flags;
  const agents = flags.agents === undefined ? undefined : agentsFrom(flags.agents);
  const tunnel = tunnelFrom(flags, ["--ngrok-domain", "--tunnel"]);
  const secrets = { accountSid, authToken, apiKey, apiSecret, ngrokAuthtoken };
  return { ...secrets, number, publicUrl, language, greeting, agents, tunnel };
}

/** Variables that only `init` reads; other commands read `warm-transfer.json`. */
function fromEnvironment(env: Environment) {
  const tunnel = choiceFrom(env, "TUNNEL", ["ngrok", "cloudflared"]);
  const asFlags = { ...(tunnel && { tunnel }), ...(env.NGROK_DOMAIN && { ngrokDomain: env.NGROK_DOMAIN }) };
  return {
    agents: env.AGENTS ? agentsFrom(env.AGENTS) : undefined,
    language: choiceFrom(env, "GREETING_LANGUAGE", ["en", "ja"]),
    greeting: env.GREETING || undefined,
    tunnel: tunnelFrom(asFlags, ["NGROK_DOMAIN", "TUNNEL"]),
  };
}

function withEnvironment(settings: Settings, env: Environment): Settings {
  const passed = Object.entries(fromEnvironment(env)).filter(
    ([key, value]) => value !== undefined && settings[key as "agents"].source !== "flag",
  );
  const changed = passed.map(([key, value]) => [key, { value, source: "environment" }]);
  return { ...settings, ...(Object.fromEntries(changed) as Partial<Settings>) };
}

/** Secrets in `.env` belong to the account and the key beside them, and to no other. */
function withoutForeignSecrets(settings: Settings, envFile: GivenSettings["envFile"]): Settings {
  const { accountSid, authToken, apiKey, apiSecret } = settings;
  const none = { value: "", source: "default" } as const;
  const isOtherAccount = accountSid.value !== envFile.TWILIO_ACCOUNT_SID;
  const isOtherKey = apiKey.value !== envFile.TWILIO_API_KEY;
  return {
    ...settings,
    ...(isOtherAccount && authToken.source === ".env" ? { authToken: none } : {}),
    ...(isOtherAccount && apiKey.source === ".env" ? { apiKey: none, apiSecret: none } : {}),
    ...(isOtherKey && apiSecret.source === ".env" ? { apiSecret: none } : {}),
  };
}

/** Without another source, the auth token is all of standard input, unless that is a terminal. */
async function withInput(settings: Settings, { input, output }: Context): Promise<Settings> {
  if (settings.authToken.value !== "" || input.isInteractive) return settings;
  output.info("Reading the auth token from standard input …");
  const value = secretText(await input.readAll(), "Standard input");
  return value === "" ? settings : { ...settings, authToken: { value, source: "flag" } };
}

/**
 * The settings from flags, environment, files and standard input.
 * @throws AppError usage or config for malformed ones
 */
export async function readGiven(flags: InitFlags, context: Context): Promise<GivenSettings> {
  const { cwd, env } = context;
  const [envFile, project] = await Promise.all([readEnvFile(cwd), readProjectFile(cwd)]);
  const loaded = await loadSettings({ cwd, env, flags: await fromFlags(flags) });
  const settings = withoutForeignSecrets(withEnvironment(loaded, env), envFile);
  return { settings: await withInput(settings, context), envFile, project };
}
