import { open, realpath, rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import { AppError } from "../errors.ts";

const REASONS: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "it cannot be written to",
  ENOENT: "the folder is not there",
  ENOTDIR: "the folder is not there",
  EISDIR: "a folder has this name",
  ENOSPC: "the disk is full",
};

function refusal(path: string, thrown: unknown): AppError {
  const code = (thrown as { code?: string } | null)?.code ?? "";
  return new AppError(
    "config",
    `${basename(path)} cannot be written: ${REASONS[code] ?? (code || "unknown")}.`,
    {
      hint: "Change to a folder that you may write to.",
      cause: thrown,
    },
  );
}

/**
 * Writes a file whole or not at all, also when the machine stops meanwhile. A link is followed.
 * @param mode such as 0o600: the file has it from its first byte
 * @throws AppError config when it cannot be written
 */
export async function writeFileWhole(path: string, text: string, mode: number): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w", mode);
    try {
      await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw refusal(path, thrown);
  }
}
