import { join } from "node:path";
import { AppError } from "../errors.ts";
import { parseProjectFile } from "./project-mistakes.ts";
import type { ProjectFile } from "./project-schema.ts";
import { readEncodedFile, utf8Text } from "./text-file.ts";
import { type PlannedFile, writeFilesWhole } from "../files/write-whole.ts";

export type { ProjectFile } from "./project-schema.ts";

export const PROJECT_FILE = "warm-transfer.json";
const MODE = 0o644;

/** @param cwd folder of the file */
const projectFilePath = (cwd: string): string => join(cwd, PROJECT_FILE);

function parseOrThrow(text: string): ProjectFile {
  const parsed = parseProjectFile(text);
  if ("project" in parsed) return parsed.project;
  const { mistakes } = parsed;
  const [first = ""] = mistakes;
  const message =
    mistakes.length === 1
      ? `${PROJECT_FILE}, ${first}`
      : `${PROJECT_FILE} has ${mistakes.length} mistakes:\n${mistakes.map((each) => `  ${each}`).join("\n")}`;
  throw new AppError("config", message, {
    hint: `Fix ${PROJECT_FILE}, or delete it and run: warm-transfer init`,
  });
}

/**
 * The settings in `warm-transfer.json`; none when there is no such file.
 * @throws AppError config with a sentence and the line for each mistake
 */
export async function readProjectFile(cwd: string): Promise<ProjectFile> {
  const file = await readEncodedFile(projectFilePath(cwd));
  return file ? parseOrThrow(utf8Text(file.utf8, PROJECT_FILE)) : {};
}

/** `undefined` removes a setting. */
export type ProjectChange = { [K in keyof ProjectFile]?: ProjectFile[K] | undefined };

/**
 * The new `warm-transfer.json` with changed settings. Undefined: nothing changes.
 * @throws AppError config when it cannot be read, or the result has mistakes
 */
export async function planProjectFile(cwd: string, change: ProjectChange): Promise<PlannedFile | undefined> {
  const path = projectFilePath(cwd);
  const file = await readEncodedFile(path);
  const text = file && utf8Text(file.utf8, PROJECT_FILE);
  if (text !== undefined) parseOrThrow(text);
  // As written: the parsed settings are trimmed and in the schema's order.
  const before = JSON.parse(text ?? "{}") as ProjectFile;
  const after = JSON.stringify({ ...before, ...change }, null, 2);
  if (text !== undefined && after === JSON.stringify(before, null, 2)) return undefined;
  parseOrThrow(after);
  const content = Buffer.from(`${after}\n`);
  return { path, content: file ? file.encode(content) : content, mode: MODE };
}

/**
 * Changes settings in `warm-transfer.json` and keeps the others; creates the file if needed.
 * @returns whether anything changed @throws AppError config when the result would be wrong, or cannot be written
 */
export async function updateProjectFile(cwd: string, change: ProjectChange): Promise<boolean> {
  const planned = await planProjectFile(cwd, change);
  if (planned) await writeFilesWhole([planned]);
  return planned !== undefined;
}
