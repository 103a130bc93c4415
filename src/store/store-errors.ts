import { AppError, type ErrorCategory, systemCode, toAppError } from "../errors.ts";

type Trouble = [code: RegExp, category: ErrorCategory, message: string, hint: string];

const ELSEWHERE = "or keep the calls elsewhere: STORE_URL=file:PATH";

/** SQLite's and the file system's codes (https://www.sqlite.org/rescode.html), in the words of who runs the server. */
const TROUBLES: Trouble[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, "internal", "The disk is full: FILE takes no more.", "Free some space."],
  [/^SQLITE_NOTADB/, "config", "FILE is not a database.", `Move it away, ${ELSEWHERE}.`],
  [
    /^SQLITE_CORRUPT/,
    "config",
    "FILE is damaged.",
    "Move it away, together with the files whose names begin like it; the next start makes a new one.",
  ],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, "conflict", "Another program holds FILE.", `Close it, ${ELSEWHERE}.`],
  [
    /^(SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH|SQLITE_CANTOPEN|EACCES|EPERM|EROFS)/,
    "config",
    "FILE cannot be written.",
    `Let this user write the file and its folder, ${ELSEWHERE}.`,
  ],
  [
    /^(EISDIR|ENOTDIR|EEXIST|ENOENT|ELOOP|ENAMETOOLONG)/,
    "config",
    "No file can be made at FILE.",
    "Set STORE_URL to file: and the path of a file in a folder.",
  ],
  [/^(SQLITE_IOERR|EIO)/, "internal", "The disk fails under FILE.", `Look at the disk, ${ELSEWHERE}.`],
];

/** The library has no code for a file that it cannot open. */
function codeOf(thrown: unknown): string {
  return systemCode(thrown) || (/unable to open/i.test(String(thrown)) ? "SQLITE_CANTOPEN" : "");
}

/**
 * What went wrong with a stored file, as a sentence and a hint.
 * @param thrown by SQLite or by `node:fs`
 * @param path of the file
 */
export function storeError(thrown: unknown, path: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  const [, category, sentence, hint] = TROUBLES.find(([codes]) => codes.test(code)) ?? [
    code,
    "internal" as const,
    `FILE cannot be used: ${toAppError(thrown).message}`,
    `Look at the file and its folder, ${ELSEWHERE}.`,
  ];
  return new AppError(category, sentence.replace("FILE", path), { hint, cause: thrown });
}
