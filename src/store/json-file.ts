import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError, systemCode, toAppError } from "../errors.ts";
import { writeFilesWhole, writeRefusal } from "../files/write-whole.ts";

function cannotRead(thrown: unknown, path: string): AppError {
  return new AppError(
    "config",
    `${path} cannot be read (${systemCode(thrown) ?? toAppError(thrown).message}).`,
    {
      hint: "Check the permissions of the file and its folder.",
      cause: thrown,
    },
  );
}

/**
 * Writes JSON atomically: a crash leaves the old file or the new one. Creates the folder (0700) if it is missing.
 *
 * @param mode of the file; default: readable by its owner only
 * @throws AppError config when it cannot be written; the old file is unchanged
 */
export async function writeJsonFile(path: string, value: unknown, mode = 0o600): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify(value, undefined, 2)}\n`;
    await writeFilesWhole([{ path, content: text, mode }]);
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : writeRefusal(path, thrown);
  }
}

/**
 * Reads what `writeJsonFile` wrote.
 * @returns undefined if the file does not exist
 * @throws AppError config when it cannot be read or is not JSON
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw cannotRead(error, path);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("config", `${path} is not JSON.`, {
      hint: "Correct it or delete it.",
      cause: error,
    });
  }
}
