import { AppError, type ErrorCategory, systemCode, toAppError } from "../errors.ts";

export type StoreTrouble =
  | "store-full"
  | "store-locked"
  | "store-read-only"
  | "store-damaged"
  | "store-not-ours"
  | "store-no-file"
  | "store-failing";

type Known = [code: RegExp, trouble: StoreTrouble, category: ErrorCategory, message: string, hint: string];

const ELSEWHERE = "or set STORE_URL=file:PATH to another file";

/** SQLite's and the file system's codes: https://www.sqlite.org/rescode.html */
const KNOWN: Known[] = [
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/,
    "store-full",
    "internal",
    "The disk is full: the server cannot write to FILE.",
    "Free some space on that disk.",
  ],
  [/^SQLITE_NOTADB/, "store-not-ours", "config", "FILE is not a database.", `Move it away, ${ELSEWHERE}.`],
  [
    /^SQLITE_CORRUPT/,
    "store-damaged",
    "config",
    "FILE is damaged.",
    "Restart the server: it sets the damaged file aside and keeps every record that it can read.",
  ],
  [
    /^(SQLITE_BUSY|SQLITE_LOCKED)/,
    "store-locked",
    "conflict",
    "Another program locks FILE.",
    `Close that program, ${ELSEWHERE}.`,
  ],
  [
    /^(SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH|SQLITE_CANTOPEN|EACCES|EPERM|EROFS)/,
    "store-read-only",
    "config",
    "FILE cannot be written.",
    `Give this user write access to the file and its folder, ${ELSEWHERE}.`,
  ],
  [
    /^(EISDIR|ENOTDIR|EEXIST|ENOENT|ELOOP|ENAMETOOLONG)/,
    "store-no-file",
    "config",
    "No file can be made at FILE.",
    "Set STORE_URL to file: and the path of a file in a folder.",
  ],
  [
    /^(SQLITE_IOERR|EIO)/,
    "store-failing",
    "internal",
    "The disk fails under FILE.",
    `Check the disk, ${ELSEWHERE}.`,
  ],
];

/** libsql sets no code when it cannot open a file. */
function codeOf(thrown: unknown): string {
  return systemCode(thrown) || (/unable to open/i.test(String(thrown)) ? "SQLITE_CANTOPEN" : "");
}

/** True if another connection holds the lock. */
export const isLocked = (thrown: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(thrown));

/** True if the file is damaged. */
export const isDamaged = (thrown: unknown): boolean => codeOf(thrown).startsWith("SQLITE_CORRUPT");

/**
 * Explains an error of a store's file, with a hint and a `StoreTrouble` as its code.
 * @param thrown by SQLite or by `node:fs`
 * @param path of the file
 */
export function storeError(thrown: unknown, path: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const found = codeOf(thrown);
  const [, code, category, sentence, hint] = KNOWN.find(([codes]) => codes.test(found)) ?? [
    found,
    "store-failing",
    "internal" as const,
    `FILE cannot be used: ${toAppError(thrown).message}`,
    `Check the file and its folder, ${ELSEWHERE}.`,
  ];
  return new AppError(category, sentence.replace("FILE", path), { hint, code, cause: thrown });
}
