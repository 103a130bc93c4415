import { closeSync, openSync, readSync, statSync } from "node:fs";
import type Database from "libsql";
import { APPLICATION } from "./store-schema.ts";

/** The largest file, in bytes, that is checked page by page at a start: 0.2 s. In a larger one only the live calls are read. */
const CHECKED = 64 * 1024 * 1024;
const MAGIC = "SQLite format 3\0";

/** What SQLite's header says of a file: https://www.sqlite.org/fileformat.html#the_database_header */
export interface Header {
  isOurs: boolean;
  /** Bytes that the whole file has. */
  whole: number;
}

/** Undefined for a file that does not begin as a SQLite database does. */
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
  // 1 stands for 65,536.
  const whole = (page === 1 ? 65_536 : page) * bytes.readUInt32BE(28);
  return { isOurs: bytes.readUInt32BE(68) === APPLICATION, whole };
}

/** Bytes of a file; 0 when there is none. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * What the bytes of a store's file show before SQLite opens it, as the end of a sentence; undefined when nothing is wrong.
 * SQLite takes an empty file for a new database, and deletes the log beside it.
 */
export function damageInBytes(path: string): string | undefined {
  const size = sizeOf(path);
  if (size === 0) return "it is empty";
  const header = readHeader(path);
  // A checkpoint that was cut off leaves a short file, and the missing pages in the log.
  if (header?.isOurs && size < header.whole && sizeOf(`${path}-wal`) === 0)
    return `it has ${size} bytes instead of ${header.whole}`;
  return undefined;
}

/** @throws an error with the code SQLITE_CORRUPT that says what SQLite's own check found */
export function checkPages(db: Database.Database, path: string): void {
  if (sizeOf(path) > CHECKED) return;
  const [found] = db.prepare("PRAGMA quick_check(1)").raw().get() as [string];
  if (found !== "ok") throw Object.assign(new Error(found), { code: "SQLITE_CORRUPT" });
}
