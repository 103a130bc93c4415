import { closeSync, openSync, readSync, statSync } from "node:fs";
import type Database from "libsql";
import { APPLICATION } from "./store-schema.ts";

/** Bytes. A start checks smaller files page by page, which takes up to 0.2 s. Of larger files it reads only the live calls. */
const MAX_CHECKED = 64 * 1024 * 1024;
const MAGIC = "SQLite format 3\0";

/** https://www.sqlite.org/fileformat.html#the_database_header */
export interface Header {
  isOurs: boolean;
  /** Size of the whole file, in bytes. */
  whole: number;
}

/** Undefined if the file is not a SQLite database. */
export function readHeader(path: string): Header | undefined {
  const bytes = Buffer.alloc(100);
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(file);
  }
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  const page = bytes.readUInt16BE(16);
  // SQLite encodes 65,536 as 1.
  const whole = (page === 1 ? 65_536 : page) * bytes.readUInt32BE(28);
  return { isOurs: bytes.readUInt32BE(68) === APPLICATION, whole };
}

/** In bytes; 0 if the file is missing. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Checks a file before SQLite opens it. Returns the fault as the end of a sentence, or undefined. SQLite would treat an empty
 * file as a new database, and delete its log.
 */
export function damageInBytes(path: string): string | undefined {
  const size = sizeOf(path);
  if (size === 0) return "it is empty";
  const header = readHeader(path);
  // An interrupted checkpoint leaves a short file. The log has the missing pages.
  if (header?.isOurs && size < header.whole && sizeOf(`${path}-wal`) === 0)
    return `it has ${size} bytes instead of ${header.whole}`;
  return undefined;
}

/** @throws an error with the code SQLITE_CORRUPT and the finding of SQLite's check */
export function checkPages(db: Database.Database, path: string): void {
  if (sizeOf(path) > MAX_CHECKED) return;
  const [found] = db.prepare("PRAGMA quick_check(1)").raw().get() as [string];
  if (found !== "ok") throw Object.assign(new Error(found), { code: "SQLITE_CORRUPT" });
}
