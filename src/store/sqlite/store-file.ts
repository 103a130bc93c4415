import { closeSync, mkdirSync, openSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type Database from "libsql";
import { AppError, systemCode } from "../../errors.ts";
import { createLockLine } from "./lock-line.ts";
import { type Opening, closeLog, openDatabase } from "./open-database.ts";
import { readRunFile } from "../run-file.ts";
import { isLocked, storeError } from "../store-errors.ts";
import { holdLock } from "./store-lock.ts";

/** Ms that work waits for a lock of another program. Twilio gets its answer within 4 s. */
const PATIENCE = 3_000;
const RETRY = 50;

/** An open database that this process alone uses. */
export interface StoreFile {
  readonly db: Database.Database;
  readonly path: string;
  /** Reads at once, or within 3 s when another program locks the file even for readers. @throws as `write` does */
  read<T>(work: () => T): T | Promise<T>;
  /**
   * Writes at once if it can. While another program locks the file, writes wait in their order, for 3 s at most, and the
   * event loop goes on. @throws AppError for what SQLite throws, and once the file is closed
   */
  write<T>(work: () => T): T | Promise<T>;
  /** Why the last write failed; undefined when it did not. */
  trouble(): AppError | undefined;
  close(): void;
}

export interface StoreFileOptions extends Partial<Omit<Opening, "isNew">> {
  /** Ms that work waits for a lock. */
  patience?: number;
}

/**
 * Opens no file that exists: closing it again would drop SQLite's locks of this process.
 * @returns true when it was missing
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

/** The one path of a file, however it was named; the file exists then. */
function settlePath(path: string): { real: string; isNew: boolean } {
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
  for (let waited = 0; ; waited += RETRY) {
    try {
      return openDatabase(path, opening);
    } catch (error) {
      if (!isLocked(error) || waited >= patience) throw error;
      await pause(RETRY);
    }
  }
}

async function openHeld(path: string, options: StoreFileOptions): Promise<StoreFile> {
  const { patience = PATIENCE, now = Date.now, warn = () => {} } = options;
  const { real, isNew } = settlePath(path);
  createMissing(`${real}.lock`);
  const release = await holdLock(`${real}.lock`);
  if (!release) throw await inUse(real);
  try {
    const db = await openUnlocked(real, { isNew, now, warn }, patience);
    return asStoreFile(db, real, { release, patience });
  } catch (error) {
    release();
    throw error;
  }
}

type Run = Pick<StoreFile, "read" | "write" | "trouble">;

/** @param path of the file, for errors @param patience ms that work waits for a lock */
function createRun(path: string, patience: number): Run {
  const line = createLockLine(patience);
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
  { release, patience }: { release: () => void; patience: number },
): StoreFile {
  const run = createRun(path, patience);
  let isOpen = true;
  // libsql goes on with statements of a closed database.
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
        // Prepared statements keep the database open until they are collected: nothing is left for then.
        closeLog(db);
      } catch {
        // On a full disk what is saved stays in the file beside it, and is read from there.
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
 * Opens the database at `path`, or makes it (0600, in a folder that is made with 0700). One process at a time has it.
 * @throws AppError conflict when another server has it; config or internal when it cannot be used
 */
export async function openStoreFile(path: string, options: StoreFileOptions = {}): Promise<StoreFile> {
  try {
    return await openHeld(path, options);
  } catch (error) {
    throw storeError(error, path);
  }
}
