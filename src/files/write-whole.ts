import { randomBytes } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { AppError, systemCode, toAppError } from "../errors.ts";

export interface PlannedFile {
  path: string;
  content: string | Uint8Array;
  /** Such as 0o600: the file has it from its first byte. */
  mode: number;
}

const REASONS: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "the folder does not exist",
  ENOTDIR: "the folder does not exist",
  EEXIST: "a file has the folder's name",
  ENAMETOOLONG: "its name is too long",
  EISDIR: "a folder has this name",
  ENOSPC: "the disk is full",
};

export function writeRefusal(path: string, thrown: unknown): AppError {
  const code = systemCode(thrown);
  const reason = REASONS[code ?? ""] ?? code ?? toAppError(thrown).message;
  return new AppError("config", `${basename(path)} cannot be written: ${reason}.`, {
    hint: "Change to a folder that you can write to.",
    cause: thrown,
  });
}

interface Staged {
  temporary: string;
  target: string;
}

/** Afterwards, neither a crash nor a power cut loses what was written. */
async function flush(handle: FileHandle): Promise<void> {
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Follows a link: the file that it points to is replaced. */
async function stage({ path, content, mode }: PlannedFile, staged: Staged[]): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "wx", mode);
    staged.push({ temporary, target });
    try {
      await file.chmod(mode);
      await file.writeFile(content);
    } finally {
      await flush(file);
    }
  } catch (thrown) {
    throw writeRefusal(path, thrown);
  }
}

async function moveIn({ temporary, target }: Staged): Promise<void> {
  try {
    await rename(temporary, target);
    // Windows cannot open folders.
    if (process.platform !== "win32") await flush(await open(dirname(target), "r"));
  } catch (thrown) {
    throw writeRefusal(target, thrown);
  }
}

/**
 * Writes files whole or not at all. All are written beside their places before the first is replaced, so that a crash leaves
 * each old or new. When it resolves, neither a crash nor a power cut loses them.
 * @throws AppError config when one cannot be written
 */
export async function writeFilesWhole(files: readonly PlannedFile[]): Promise<void> {
  const staged: Staged[] = [];
  try {
    for (const file of files) await stage(file, staged);
    for (const each of staged) await moveIn(each);
  } finally {
    for (const { temporary } of staged) await rm(temporary, { force: true });
  }
}
