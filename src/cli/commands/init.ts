import { randomBytes } from "node:crypto";
import type { Context } from "../context.ts";
import { DONE } from "../exit-codes.ts";
import { type OpenAccount, openAccount } from "./init/account-step.ts";
import { type Applied, apply } from "./init/apply.ts";
import { assertComplete, assertGiven } from "./init/assert-given.ts";
import { assertWritable, planFiles, shownName } from "./init/files.ts";
import type { InitFlags } from "./init/flags.ts";
import { type GivenSettings, readGiven } from "./init/given.ts";
import { existingKey } from "./init/key-step.ts";
import { chooseAgents, chooseGreeting } from "./init/agents-and-greeting.ts";
import { findNumber } from "./init/number-step.ts";
import { confirmOverwrites } from "./init/overwrites.ts";
import { type Plan, type WantedSettings, planChanges } from "./init/plan.ts";
import { chooseReach } from "./init/reach-step.ts";
import { report } from "./init/report.ts";
import { type Step, createStep } from "./init/step.ts";
import { warningsFor } from "./init/warnings.ts";

export type { InitFlags } from "./init/flags.ts";

const OPERATOR_TOKEN_BYTES = 24;
const SHORTEST_OPERATOR_TOKEN = 16;

function operatorToken({ settings }: GivenSettings): string {
  const { value } = settings.operatorToken;
  if (value.length >= SHORTEST_OPERATOR_TOKEN) return value;
  return randomBytes(OPERATOR_TOKEN_BYTES).toString("base64url");
}

/** Prompts for every setting that was not passed. */
async function promptForSettings(
  step: Step,
  given: GivenSettings,
): Promise<{ opened: OpenAccount; wanted: WantedSettings }> {
  const opened = await openAccount(step);
  const { accountSid, authToken } = opened;
  const apiKey = await existingKey(step, accountSid);
  const number = await findNumber(step, opened.account);
  const agents = await chooseAgents(step);
  const words = await chooseGreeting(step, given.project.language ?? "en");
  const { reach, ngrokAuthtoken } = await chooseReach(step);
  const secrets = { accountSid, authToken, apiKey, operatorToken: operatorToken(given), ngrokAuthtoken };
  return { opened, wanted: { ...secrets, number, agents, words, reach } };
}

async function previewApply(cwd: string, plan: Plan, { apiKey }: WantedSettings): Promise<Applied> {
  const files = await planFiles(cwd, plan);
  const written = files.map((file) => shownName(cwd, file));
  return { written, apiKey: apiKey && { sid: apiKey.sid, created: false } };
}

/**
 * Sets up a folder: checks account, number and API key at Twilio, and writes `.env` and `warm-transfer.json`. Does not change
 * the number.
 * @throws AppError usage or config for missing or malformed settings, auth for a wrong token, not-found for a number of
 * another account, conflict for a setting that may not be overwritten
 */
export async function init(flags: InitFlags, context: Context): Promise<number> {
  const { cwd, env, output } = context;
  const given = await readGiven(flags, context);
  const step = createStep(given.settings, flags, context);
  assertGiven(given.settings);
  if (!step.prompts) assertComplete(given.settings);
  await assertWritable(cwd);
  const { opened, wanted } = await promptForSettings(step, given);
  const plan = planChanges(wanted, given);
  const isDryRun = flags.dryRun === true;
  if (!isDryRun && flags.yes !== true) await confirmOverwrites(plan, step);
  const applied = isDryRun
    ? await previewApply(cwd, plan, wanted)
    : await apply(plan, wanted, { opened, step, context });
  const warnings = await warningsFor(plan, wanted, { present: given, env, cwd });
  report({ opened, wanted, plan, applied, warnings, isDryRun }, output);
  return DONE;
}
