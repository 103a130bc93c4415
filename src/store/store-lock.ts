import Database from "libsql";
import { systemCode } from "../errors.ts";

/** Two that start in the same moment may meet: one of them then gets it within this time, in ms. */
const PATIENCE = 300;

/**
 * Holds a lock until it is released or the process has ended in whatever way: the operating system keeps it, so that
 * none is ever left behind. It is a transaction on an empty database of its own, whose file stays.
 *
 * @param path of the lock's file, which must exist
 * @returns the way to release it; undefined if another holds it
 * @throws what SQLite throws when the file cannot be locked at all
 */
export function holdLock(path: string): (() => void) | undefined {
  const lock = new Database(path, { timeout: PATIENCE });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return () => void lock.close();
  } catch (error) {
    lock.close();
    if (systemCode(error) === "SQLITE_BUSY") return undefined;
    throw error;
  }
}
