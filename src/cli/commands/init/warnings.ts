import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { INSTALL_CLOUDFLARED, hasCloudflared } from "../../cloudflared.ts";
import type { Environment } from "../../terminal/colour.ts";
import type { Plan, CurrentSettings, WantedSettings } from "./plan.ts";

const GIT_TIMEOUT_MS = 5000;
/** The exit code of `git check-ignore` for a file that is not ignored. Errors have other codes. */
const NOT_IGNORED = 1;

async function gitWarning(cwd: string): Promise<string[]> {
  try {
    await promisify(execFile)("git", ["check-ignore", "--quiet", ".env"], { cwd, timeout: GIT_TIMEOUT_MS });
    return [];
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code !== NOT_IGNORED) return [];
    return [".env holds secrets, but git does not ignore it. Run: echo .env >> .gitignore"];
  }
}

/** Different values elsewhere that take precedence over what is written. */
function overrideWarnings(
  plan: Plan,
  wanted: WantedSettings,
  present: CurrentSettings,
  env: Environment,
): string[] {
  const publicUrl = wanted.reach.kind === "given" ? wanted.reach.publicUrl : undefined;
  const project = { TWILIO_NUMBER: wanted.number, PUBLIC_URL: publicUrl };
  const inEnvironment = Object.entries({ ...plan.env, ...project })
    .filter(([name, value]) => env[name] && env[name] !== value)
    .map(([name]) => `${name} in the environment has another value, which takes precedence.`);
  const inFile = Object.entries(project)
    .filter(([name, value]) => present.envFile[name] && present.envFile[name] !== value)
    .map(([name]) => `${name} in .env has another value, which takes precedence over warm-transfer.json.`);
  return [...inEnvironment, ...inFile];
}

const isLocal = (env: Environment, { envFile }: CurrentSettings): string[] =>
  env.TWILIO_API_BASE_URL && !envFile.TWILIO_API_BASE_URL
    ? ["This account belongs to a local Twilio. Keep TWILIO_API_BASE_URL set for every other command."]
    : [];

async function tunnelWarning({ reach }: WantedSettings, env: Environment): Promise<string[]> {
  if (reach.kind !== "cloudflared" || (await hasCloudflared(env))) return [];
  return [`cloudflared is not on the PATH, and \`start\` needs it. ${INSTALL_CLOUDFLARED}`];
}

export async function warningsFor(
  plan: Plan,
  wanted: WantedSettings,
  { present, env, cwd }: { present: CurrentSettings; env: Environment; cwd: string },
): Promise<string[]> {
  return [
    ...(await gitWarning(cwd)),
    ...(await tunnelWarning(wanted, env)),
    ...overrideWarnings(plan, wanted, present, env),
    ...isLocal(env, present),
  ];
}
