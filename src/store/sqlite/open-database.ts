import { chmodSync } from "node:fs";
import Database from "libsql";
import { AppError } from "../../errors.ts";
import { checkPages, damageInBytes, sizeOf } from "./damage.ts";
import { type Salvaged, salvage, setFileAside } from "./salvage.ts";
import { isDamaged, storeError } from "../store-errors.ts";
import { UPKEEP, claimDatabase } from "./store-schema.ts";

export interface Opening {
  /** True for a file that was just created. */
  isNew: boolean;
  now: () => number;
  /** Called with an error that names what was lost. */
  warn: (warning: AppError) => void;
}

function connect(path: string): Database.Database {
  // 0: otherwise SQLite waits for locks in the event loop's thread.
  const db = new Database(path, { timeout: 0 });
  try {
    claimDatabase(db, path);
    // SQLite gives the log and index files the same permissions.
    chmodSync(path, 0o600);
    // Survives a killed process. A power cut may lose the last seconds.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    checkPages(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Marks the log as in use inside the database, so that the next start detects a deleted log. Until the clean stop the log is
 * never empty.
 * @returns true if the log was in use and is gone
 */
function openLog(db: Database.Database, logSize: number): boolean {
  const wasOpen = db.prepare(`SELECT 1 FROM ${UPKEEP} WHERE k = 'open'`).get() !== undefined;
  const mark = `INSERT OR REPLACE INTO ${UPKEEP} (k, v) VALUES ('open', '')`;
  try {
    db.exec(`${mark}; PRAGMA wal_checkpoint(TRUNCATE); ${mark}`);
  } catch (error) {
    // A server starts even on a full disk, so that callers hear the apology.
    if (storeError(error, "").code !== "store-full") throw error;
  }
  return wasOpen && logSize === 0;
}

/** Marks a clean stop, and moves the log into the database. */
export function closeLog(db: Database.Database): void {
  db.exec(`DELETE FROM ${UPKEEP}; PRAGMA wal_checkpoint(TRUNCATE)`);
}

function lostLog(path: string): AppError {
  return new AppError("config", `${path}-wal is missing: what the server saved last is lost.`, {
    hint: `Copy ${path} and ${path}-wal together, or only after the server has stopped.`,
  });
}

function lostFile(path: string, aside: string, because: string, kept: Salvaged): AppError {
  const { live, ended, sessions } = kept;
  return new AppError(
    "config",
    `${path} is damaged: ${because}. It is now ${aside}. The server could read ${live} live calls, ${ended} ended calls and ${sessions} sessions from it; the rest is lost.`,
    {
      hint: "Lost calls carry on at Twilio, but cannot be transferred. Keep the file if you want to examine it.",
    },
  );
}

function replaceDamaged(path: string, because: string, { now, warn }: Opening): Database.Database {
  const aside = setFileAside(path, now());
  const db = connect(path);
  try {
    warn(lostFile(path, aside, because, salvage(aside, db)));
    openLog(db, 1);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens or creates a store's database. Renames a damaged one of ours and copies its readable records, because answering
 * customers matters more than the file.
 * @throws what SQLite and the file system throw
 */
export function openDatabase(path: string, opening: Opening): Database.Database {
  const damage = opening.isNew ? undefined : damageInBytes(path);
  if (damage !== undefined) return replaceDamaged(path, damage, opening);
  const logSize = sizeOf(`${path}-wal`);
  try {
    const db = connect(path);
    if (openLog(db, logSize)) opening.warn(lostLog(path));
    return db;
  } catch (error) {
    if (!isDamaged(error)) throw error;
    return replaceDamaged(path, error instanceof Error ? error.message : String(error), opening);
  }
}
