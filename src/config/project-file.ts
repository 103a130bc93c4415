import { join } from "node:path";
import { AppError } from "../errors.ts";
import { judgeProjectFile } from "./project-mistakes.ts";
import type { ProjectFile } from "./project-schema.ts";
import { readTextFile } from "./read-file.ts";
import { type PlannedFile, writeFilesWhole } from "../files/write-whole.ts";

export type { ProjectFile } from "./project-schema.ts";

export const PROJECT_FILE = "warm-transfer.json";
const MODE = 0o644;

/** @param cwd folder of the file */
const projectFilePath = (cwd: string): string => join(cwd, PROJECT_FILE);

function understand(text: string): ProjectFile {
  const judged = judgeProjectFile(text);
  if ("project" in judged) return judged.project;
  const { mistakes } = judged;
  const [first = ""] = mistakes;
  const message =
    mistakes.length === 1
      ? `${PROJECT_FILE}, ${first}`
      : `${PROJECT_FILE} has ${mistakes.length} mistakes:\n${mistakes.map((each) => `  ${each}`).join("\n")}`;
  throw new AppError("config", message, {
    hint: `Correct ${PROJECT_FILE}, or delete it and type: warm-transfer init`,
  });
}

/**
 * The settings in `warm-transfer.json`; none when there is no such file.
 * @throws AppError config with a sentence and the line for each mistake
 */
export async function readProjectFile(cwd: string): Promise<ProjectFile> {
  const text = await readTextFile(projectFilePath(cwd));
  return text === undefined ? {} : understand(text);
}

/** `undefined` takes a setting out. */
export type ProjectChange = { [K in keyof ProjectFile]?: ProjectFile[K] | undefined };

/**
 * What `warm-transfer.json` becomes when settings are changed and the others kept; undefined: it is that already.
 * @throws AppError config when it cannot be read, or would have mistakes
 */
export async function planProjectFile(cwd: string, change: ProjectChange): Promise<PlannedFile | undefined> {
  const path = projectFilePath(cwd);
  const text = await readTextFile(path);
  if (text !== undefined) understand(text);
  // As it was written: what was understood may be trimmed, and has an order of its own.
  const before = JSON.parse(text ?? "{}") as ProjectFile;
  const after = JSON.stringify({ ...before, ...change }, null, 2);
  if (text !== undefined && after === JSON.stringify(before, null, 2)) return undefined;
  understand(after);
  return { path, text: `${after}\n`, mode: MODE };
}

/**
 * Changes settings in `warm-transfer.json` and keeps the others; makes the file where there is none.
 * @returns whether anything had to be changed @throws AppError config when the outcome would be wrong, or cannot be written
 */
export async function updateProjectFile(cwd: string, change: ProjectChange): Promise<boolean> {
  const planned = await planProjectFile(cwd, change);
  if (planned) await writeFilesWhole([planned]);
  return planned !== undefined;
}
