import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { withEnvValues } from "./env-text.ts";
import { readTextFile } from "./read-file.ts";
import { writeFileWhole } from "./write-file.ts";

/** Of the owner alone. */
const MODE = 0o600;

/** @param cwd folder of the file */
export const envFilePath = (cwd: string): string => join(cwd, ".env");

/** The settings in `.env`; none when there is no such file. @throws AppError config when it cannot be read */
export async function readEnvFile(cwd: string): Promise<Record<string, string | undefined>> {
  return { ...parseEnv((await readTextFile(envFilePath(cwd))) ?? "") };
}

async function tighten(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o777) === MODE) return false;
  await chmod(path, MODE);
  return true;
}

/**
 * Sets values in `.env`, keeps everything else in it, and makes it the owner's alone.
 * @returns whether anything had to be changed @throws AppError config when it cannot be written
 */
export async function updateEnvFile(cwd: string, values: Readonly<Record<string, string>>): Promise<boolean> {
  const path = envFilePath(cwd);
  const before = await readTextFile(path);
  const after = withEnvValues(before ?? "", values);
  if (after === before) return tighten(path);
  await writeFileWhole(path, after, MODE);
  return true;
}
