import { open, realpath, rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import { AppError } from "../errors.ts";

/** What a file is going to be. */
export interface PlannedFile {
  path: string;
  text: string;
  /** Such as 0o600: the file has it from its first byte. */
  mode: number;
}

const REASONS: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "it cannot be written to",
  ENOENT: "the folder is not there",
  ENOTDIR: "the folder is not there",
  EISDIR: "a folder has this name",
  ENOSPC: "the disk is full",
};

/** Why something cannot be written, as an error that says what to do. */
export function writeRefusal(path: string, thrown: unknown): AppError {
  const code = (thrown as { code?: string } | null)?.code ?? "";
  const reason = REASONS[code] ?? (code || "unknown");
  return new AppError("config", `${basename(path)} cannot be written: ${reason}.`, {
    hint: "Change to a folder that you may write to.",
    cause: thrown,
  });
}

interface Staged {
  temporary: string;
  target: string;
}

/** A link is followed: what it points to is replaced. */
async function stage({ path, text, mode }: PlannedFile, staged: Staged[]): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w", mode);
    staged.push({ temporary, target });
    try {
      await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw writeRefusal(path, thrown);
  }
}

async function moveIn({ temporary, target }: Staged): Promise<void> {
  await rename(temporary, target).catch((thrown: unknown) => {
    throw writeRefusal(target, thrown);
  });
}

/**
 * Writes files whole or not at all, also when the machine stops meanwhile: none is touched before all have been written
 * beside their places.
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
