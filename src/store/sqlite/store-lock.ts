import { setTimeout as pause } from "node:timers/promises";
import Database from "libsql";
import { isLocked } from "../store-errors.ts";

/** Two servers that start at once may both fail at first; a later attempt decides. */
const ATTEMPTS = 4;
/** Between two attempts, in ms. */
const RETRY = 100;

function tryLock(path: string): (() => void) | undefined {
  const lock = new Database(path, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return () => void lock.close();
  } catch (error) {
    lock.close();
    if (isLocked(error)) return undefined;
    throw error;
  }
}

/**
 * Holds a lock until it is released or the process ends. The operating system keeps it, so a killed process leaves none. The
 * lock is a transaction on an empty database, whose file stays.
 *
 * @param path of the lock file, which must exist
 * @returns a function that releases it; undefined if another process holds it
 * @throws what SQLite throws when the file cannot be locked
 */
export async function holdLock(path: string): Promise<(() => void) | undefined> {
  for (let attempt = 1; ; attempt++) {
    const release = tryLock(path);
    if (release || attempt === ATTEMPTS) return release;
    await pause(RETRY);
  }
}
