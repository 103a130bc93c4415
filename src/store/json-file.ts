import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "../errors.ts";

function fileError(thrown: unknown, path: string, what: string): AppError {
  const { code = "", message } = thrown as NodeJS.ErrnoException;
  return new AppError("config", `${path} cannot be ${what} (${code || message}).`, {
    hint: "Look at the rights of the file and its folder.",
    cause: thrown,
  });
}

/** After it, neither a crash nor a power cut takes back what was written. */
async function flush(handle: FileHandle): Promise<void> {
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const handle = await open(path, "wx", mode);
  try {
    await handle.writeFile(text);
  } finally {
    await flush(handle);
  }
}

/**
 * Writes a value as JSON: at any moment there is the old file or the new one, never a part of one. The folder is made
 * (0700) if it is missing.
 *
 * @param mode of the file; default: for its owner alone
 * @throws AppError config when it cannot be written; the old file is then as it was
 */
export async function writeJsonFile(path: string, value: unknown, mode = 0o600): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(draft, `${JSON.stringify(value, undefined, 2)}\n`, mode);
    await rename(draft, path);
    // Windows cannot open folders.
    if (process.platform !== "win32") await flush(await open(folder, "r"));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw fileError(error, path, "written");
  }
}

/**
 * Reads what `writeJsonFile` wrote.
 * @returns undefined when there is no such file
 * @throws AppError config when it cannot be read or is no JSON
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(error, path, "read");
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("config", `${path} is not JSON.`, {
      hint: "Mend it or delete it.",
      cause: error,
    });
  }
}
