import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { withEnvValues } from "./env-text.ts";
import { readTextFile } from "./read-file.ts";
import type { PlannedFile } from "../files/write-whole.ts";

/** Of the owner alone. */
const MODE = 0o600;

/** @param cwd folder of the file */
export const envFilePath = (cwd: string): string => join(cwd, ".env");

/** The settings in `.env`; none when there is no such file. @throws AppError config when it cannot be read */
export async function readEnvFile(cwd: string): Promise<Record<string, string | undefined>> {
  return { ...parseEnv((await readTextFile(envFilePath(cwd))) ?? "") };
}

/**
 * What `.env` becomes when these values are set in it and everything else is kept; undefined: it has them.
 * @throws AppError config when it cannot be read or has lines that are not understood
 */
export async function planEnvFile(
  cwd: string,
  values: Readonly<Record<string, string>>,
): Promise<PlannedFile | undefined> {
  const path = envFilePath(cwd);
  const before = await readTextFile(path);
  const text = withEnvValues(before ?? "", values);
  return text === before ? undefined : { path, text, mode: MODE };
}

/** Makes `.env`, which is there, its owner's alone. @returns whether others had access */
export async function closeEnvFile(cwd: string): Promise<boolean> {
  const { mode } = await stat(envFilePath(cwd));
  if ((mode & 0o777) === MODE) return false;
  await chmod(envFilePath(cwd), MODE);
  return true;
}
