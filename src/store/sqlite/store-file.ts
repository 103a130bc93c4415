import { closeSync, mkdirSync, openSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type Database from "libsql";
import { AppError, systemCode } from "../../errors.ts";
import { type LockClock, type LockLine, createLockLine } from "./lock-line.ts";
import { type Opening, closeLog, openDatabase } from "./open-database.ts";
import { readRunFile } from "../run-file.ts";
import { isLocked, storeError } from "../store-errors.ts";
import { holdLock } from "./store-lock.ts";

/** How long work waits for another program's lock, in ms. The server answers Twilio within 4 s. */
const LOCK_TIMEOUT_MS = 3_000;
const RETRY_MS = 50;

/** An open database that only this process uses. */
export interface StoreFile {
  readonly db: Database.Database;
  readonly path: string;
  /** Waits up to 3 s if another program locks the file even for readers. @throws as `write` does */
  read<T>(work: () => T): T | Promise<T>;
  /**
   * While another program locks the file, writes queue for up to 3 s without blocking the event loop.
   * @throws AppError for what SQLite throws, and once the file is closed
   */
  write<T>(work: () => T): T | Promise<T>;
  /** The error of the last write, if it failed. */
  trouble(): AppError | undefined;
  close(): void;
}

export interface StoreFileOptions extends Partial<Omit<Opening, "isNew">> {
  /** How long work waits for a lock, in ms. */
  patience?: number;
  /** Times that wait; by default the monotonic clock. */
  lockClock?: LockClock;
}

/**
 * Never opens an existing file: closing it again would drop this process's SQLite locks.
 * @returns true if it created the file
 */
function createMissing(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
    return false;
  }
}

/** Creates the file if it is missing, and resolves symbolic links. */
function resolvePath(path: string): { real: string; isNew: boolean } {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const isNew = createMissing(path);
  const real = realpathSync(path);
  if (!statSync(real).isFile()) throw Object.assign(new Error("not a file"), { code: "EISDIR" });
  return { real, isNew };
}

async function inUse(path: string): Promise<AppError> {
  const other = await readRunFile(dirname(path));
  const who = other ? `the server at ${other.url} (process ${other.pid})` : "another server";
  const stop = other ? `Stop it (kill ${other.pid})` : "Stop it";
  return new AppError("conflict", `${path} is in use by ${who}.`, {
    hint: `${stop}, or give this server a file of its own: STORE_URL=file:PATH.`,
  });
}

async function openUnlocked(path: string, opening: Opening, patience: number): Promise<Database.Database> {
  for (let waited = 0; ; waited += RETRY_MS) {
    try {
      return openDatabase(path, opening);
    } catch (error) {
      if (!isLocked(error) || waited >= patience) throw error;
      await pause(RETRY_MS);
    }
  }
}

async function openHeld(path: string, options: StoreFileOptions): Promise<StoreFile> {
  const { patience = LOCK_TIMEOUT_MS, now = Date.now, warn = () => {}, lockClock } = options;
  const { real, isNew } = resolvePath(path);
  createMissing(`${real}.lock`);
  const release = await holdLock(`${real}.lock`);
  if (!release) throw await inUse(real);
  try {
    const db = await openUnlocked(real, { isNew, now, warn }, patience);
    return asStoreFile(db, real, { release, line: createLockLine(patience, lockClock) });
  } catch (error) {
    release();
    throw error;
  }
}

type Run = Pick<StoreFile, "read" | "write" | "trouble">;

/** @param path for errors */
function createRun(path: string, line: LockLine): Run {
  let trouble: AppError | undefined;
  const wait = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      let last: unknown;
      const again = (): boolean => {
        try {
          resolve(work());
        } catch (error) {
          if (isLocked(error)) return ((last = error), false);
          reject(storeError(error, path));
        }
        return true;
      };
      line.join(again, () => reject(storeError(last, path)));
    });
  const now = <T>(work: () => T): T | Promise<T> => {
    try {
      return work();
    } catch (error) {
      if (isLocked(error)) return wait(work);
      throw storeError(error, path);
    }
  };
  const noted =
    <T>(work: () => T) =>
    (): T => {
      try {
        const result = work();
        trouble = undefined;
        return result;
      } catch (error) {
        trouble = isLocked(error) && line.isEmpty ? trouble : storeError(error, path);
        throw error;
      }
    };
  return {
    read: now,
    write: (work) => (line.isEmpty ? now(noted(work)) : wait(noted(work))),
    trouble: () => trouble,
  };
}

function asStoreFile(
  db: Database.Database,
  path: string,
  { release, line }: { release: () => void; line: LockLine },
): StoreFile {
  const run = createRun(path, line);
  let isOpen = true;
  // libsql still runs statements of a closed database.
  const whileOpen =
    <T>(work: () => T) =>
    (): T => {
      if (!isOpen) throw new AppError("internal", `${path} is closed.`);
      return work();
    };
  return {
    db,
    path,
    trouble: run.trouble,
    read: (work) => run.read(whileOpen(work)),
    write: (work) => run.write(whileOpen(work)),
    close() {
      if (!isOpen) return;
      isOpen = false;
      try {
        // Prepared statements keep the database open until garbage collection, so the log is emptied here.
        closeLog(db);
      } catch {
        // On a full disk the saved records stay in the log, and the next start reads them from there.
      }
      try {
        db.close();
      } finally {
        release();
      }
    },
  };
}

/**
 * Opens the database, or creates it (0600, its folder 0700). Only one process at a time can open it.
 * @throws AppError conflict when another server uses it; config or internal when it cannot be used
 */
export async function openStoreFile(path: string, options: StoreFileOptions = {}): Promise<StoreFile> {
  try {
    return await openHeld(path, options);
  } catch (error) {
    throw storeError(error, path);
  }
}
