import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Environment } from "../../colour.ts";
import type { Plan, Present, Wanted } from "./plan.ts";

const GIT_TIMEOUT_MS = 5000;
/** What `git check-ignore` says of a file that it would commit; without git or a repository it says something else. */
const NOT_IGNORED = 1;

async function gitWarning(cwd: string): Promise<string[]> {
  try {
    await promisify(execFile)("git", ["check-ignore", "--quiet", ".env"], { cwd, timeout: GIT_TIMEOUT_MS });
    return [];
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code !== NOT_IGNORED) return [];
    return [".env has secrets and is not ignored by git. Type: echo .env >> .gitignore"];
  }
}

/** Values elsewhere that are stronger than what is written, and differ from it. */
function shadows(plan: Plan, wanted: Wanted, present: Present, env: Environment): string[] {
  const publicUrl = wanted.reach.kind === "given" ? wanted.reach.publicUrl : undefined;
  const project = { TWILIO_NUMBER: wanted.number, PUBLIC_URL: publicUrl };
  const inEnvironment = Object.entries({ ...plan.env, ...project })
    .filter(([name, value]) => env[name] && env[name] !== value)
    .map(([name]) => `${name} in the environment differs from what was set up, and wins over it.`);
  const inFile = Object.entries(project)
    .filter(([name, value]) => present.envFile[name] && present.envFile[name] !== value)
    .map(([name]) => `${name} in .env differs from what was set up, and wins over warm-transfer.json.`);
  return [...inEnvironment, ...inFile];
}

const isLocal = (env: Environment, { envFile }: Present): string[] =>
  env.TWILIO_API_BASE_URL && !envFile.TWILIO_API_BASE_URL
    ? ["This account is a local Twilio's: keep TWILIO_API_BASE_URL set for every other command."]
    : [];

/** What should be known, though everything went well. */
export async function warningsFor(
  plan: Plan,
  wanted: Wanted,
  { present, env, cwd }: { present: Present; env: Environment; cwd: string },
): Promise<string[]> {
  return [...(await gitWarning(cwd)), ...shadows(plan, wanted, present, env), ...isLocal(env, present)];
}
