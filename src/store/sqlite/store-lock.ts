import { setTimeout as pause } from "node:timers/promises";
import Database from "libsql";
import { isLocked } from "../store-errors.ts";

/** Two servers that start at the same moment may collide: one of them gets the lock at a later attempt. */
const ATTEMPTS = 4;
/** Ms between two attempts. */
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
 * Holds a lock until it is released or the process has ended in whatever way: the operating system keeps it, so that
 * none is ever left behind. It is a transaction on an empty database of its own, whose file stays.
 *
 * @param path of the lock's file, which must exist
 * @returns the function that releases it; undefined if another process holds it
 * @throws what SQLite throws when the file cannot be locked at all
 */
export async function holdLock(path: string): Promise<(() => void) | undefined> {
  for (let attempt = 1; ; attempt++) {
    const release = tryLock(path);
    if (release || attempt === ATTEMPTS) return release;
    await pause(RETRY);
  }
}
