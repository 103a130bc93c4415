import { chmodSync, closeSync, mkdirSync, openSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "libsql";
import { AppError, systemCode } from "../errors.ts";
import { readRunFile } from "./run-file.ts";
import { storeError } from "./store-errors.ts";
import { holdLock } from "./store-lock.ts";
import { claimDatabase } from "./store-schema.ts";

/** An open database that this process alone uses. */
export interface StoreFile {
  readonly db: Database.Database;
  /** Runs one piece of work. @throws AppError for what SQLite throws, and once the file is closed */
  run<T>(work: () => T): T;
  close(): void;
}

/** Opens no file that exists: closing it again would drop SQLite's locks of this process. */
function createMissing(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}

/** The one path of a file, however it was named; the file exists then. */
function settlePath(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  createMissing(path);
  const real = realpathSync(path);
  if (!statSync(real).isFile()) throw Object.assign(new Error("not a file"), { code: "EISDIR" });
  return real;
}

async function inUse(path: string): Promise<AppError> {
  const other = await readRunFile(dirname(path));
  const who = other ? `the server at ${other.url} (process ${other.pid})` : "another server";
  const stop = other ? `Stop it (kill ${other.pid})` : "Stop it";
  return new AppError("conflict", `${path} is in use by ${who}.`, {
    hint: `${stop}, or give this one a file of its own: STORE_URL=file:PATH.`,
  });
}

function openDatabase(path: string): Database.Database {
  const db = new Database(path, { timeout: 5_000 });
  try {
    claimDatabase(db, path);
    // The files beside it get the same rights.
    chmodSync(path, 0o600);
    // Safe when the process is killed; when the machine loses power, the last seconds may be lost.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

async function openLocked(path: string): Promise<StoreFile> {
  const real = settlePath(path);
  createMissing(`${real}.lock`);
  const release = holdLock(`${real}.lock`);
  if (!release) throw await inUse(real);
  try {
    return asStoreFile(openDatabase(real), real, release);
  } catch (error) {
    release();
    throw error;
  }
}

function asStoreFile(db: Database.Database, path: string, release: () => void): StoreFile {
  let isOpen = true;
  return {
    db,
    run(work) {
      // The library goes on with statements of a closed database.
      if (!isOpen) throw new AppError("internal", `${path} is closed already.`);
      try {
        return work();
      } catch (error) {
        throw storeError(error, path);
      }
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      try {
        // Prepared statements keep the database open until they are collected: nothing is left for then.
        db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
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
export async function openStoreFile(path: string): Promise<StoreFile> {
  try {
    return await openLocked(path);
  } catch (error) {
    throw storeError(error, path);
  }
}
