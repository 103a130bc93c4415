import { AppError, toAppError } from "../../../errors.ts";
import type { Context } from "../../context.ts";
import { InterruptedError } from "../../terminal/interrupted-error.ts";
import type { OpenAccount } from "./account-step.ts";
import { assertWritable, planFiles, writeFiles } from "./files.ts";
import { createKey } from "./key-step.ts";
import { type Plan, type WantedSettings, keyValues } from "./plan.ts";
import type { Step } from "./step.ts";

export interface Applied {
  /** Names of files. */
  written: string[];
  /** Null: one would be created. */
  apiKey: { sid: string; created: boolean } | null;
}

const PLACEHOLDER = keyValues({ sid: `SK${"0".repeat(32)}`, secret: "0".repeat(32) });

function lostKey(sid: string, cause: unknown): AppError {
  const { category, message } = toAppError(cause);
  return new AppError(category, `${message} The API key ${sid} was created, but its secret was not saved.`, {
    hint: "Delete the key at https://console.twilio.com (Account, API keys), then run: warm-transfer init",
    cause,
  });
}

async function keyFor(wanted: WantedSettings, opened: OpenAccount, step: Step) {
  return wanted.apiKey ? { ...wanted.apiKey, isNew: false } : createKey(step, opened);
}

/** Fails for everything that can fail before an API key is created. */
async function assertWritableFiles(cwd: string, plan: Plan): Promise<string[]> {
  await assertWritable(cwd);
  const files = await planFiles(cwd, { ...plan, env: { ...plan.env, ...PLACEHOLDER } });
  return files.map(({ path }) => path);
}

/**
 * Creates an API key if one is needed, then writes all files at once.
 * @throws AppError when a file cannot be written; it names the SID of a key that was created and is lost
 */
export async function apply(
  plan: Plan,
  wanted: WantedSettings,
  { opened, step, context }: { opened: OpenAccount; step: Step; context: Context },
): Promise<Applied> {
  const { cwd, interrupted, shutdown } = context;
  await assertWritableFiles(cwd, plan);
  if (interrupted.aborted) throw new InterruptedError();
  const { sid, secret, isNew } = await keyFor(wanted, opened, step);
  if (isNew) shutdown.setPendingError(lostKey(sid, new AppError("internal", "The command was interrupted.")));
  try {
    const env = { ...plan.env, ...keyValues({ sid, secret }) };
    const written = await writeFiles(cwd, await planFiles(cwd, { ...plan, env }));
    return { written, apiKey: { sid, created: isNew } };
  } catch (thrown) {
    throw isNew ? lostKey(sid, thrown) : thrown;
  } finally {
    shutdown.setPendingError(null);
  }
}
