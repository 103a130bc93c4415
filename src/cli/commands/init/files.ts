import { access, constants, mkdir, readFile, rmdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { restrictEnvFile, planEnvFile } from "../../../config/env-file.ts";
import { planProjectFile } from "../../../config/project-file.ts";
import { projectJsonSchema } from "../../../config/project-schema.ts";
import { stateFolder } from "../../../config/state-folder.ts";
import { type PlannedFile, writeFilesWhole, writeRefusal } from "../../../files/write-whole.ts";
import { type Plan, SCHEMA_FILE } from "./plan.ts";

async function unlessSame(path: string, content: string): Promise<PlannedFile | undefined> {
  const present = await readFile(path).catch(() => undefined);
  return present?.equals(Buffer.from(content)) ? undefined : { path, content, mode: 0o644 };
}

/** Every file to write, with its content. @throws AppError config for a file that cannot be read or changed */
export async function planFiles(
  cwd: string,
  { env, project }: Pick<Plan, "env" | "project">,
): Promise<PlannedFile[]> {
  const schema = `${JSON.stringify(projectJsonSchema(), null, 2)}\n`;
  const folder = stateFolder(cwd);
  const files = await Promise.all([
    unlessSame(join(folder, ".gitignore"), "*\n"),
    unlessSame(join(folder, SCHEMA_FILE), schema),
    planProjectFile(cwd, project),
    planEnvFile(cwd, env),
  ]);
  return files.filter((file) => file !== undefined);
}

/** @throws AppError config */
export async function assertWritable(cwd: string): Promise<void> {
  await access(cwd, constants.W_OK).catch((thrown: unknown) => {
    throw writeRefusal(cwd, thrown);
  });
}

export const shownName = (cwd: string, { path }: PlannedFile): string => relative(cwd, path);

/**
 * Writes all files or none.
 * @returns the files' names @throws AppError config
 */
export async function writeFiles(cwd: string, files: readonly PlannedFile[]): Promise<string[]> {
  const folder = stateFolder(cwd);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 }).catch((thrown: unknown) => {
    throw writeRefusal(folder, thrown);
  });
  try {
    await writeFilesWhole(files);
  } catch (thrown) {
    if (made !== undefined) await rmdir(made).catch(() => undefined);
    throw thrown;
  }
  await restrictEnvFile(cwd);
  return files.map((file) => shownName(cwd, file));
}
