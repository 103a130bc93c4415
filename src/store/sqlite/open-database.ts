import { chmodSync } from "node:fs";
import Database from "libsql";
import { AppError } from "../../errors.ts";
import { checkPages, damageInBytes, sizeOf } from "./damage.ts";
import { type Salvaged, salvage, setFileAside } from "./salvage.ts";
import { isDamaged, storeError } from "../store-errors.ts";
import { UPKEEP, claimDatabase } from "./store-schema.ts";

export interface Opening {
  /** True for a file that has just been made. */
  isNew: boolean;
  now: () => number;
  /** Called with what was lost. */
  warn: (warning: AppError) => void;
}

function connect(path: string): Database.Database {
  // 0: SQLite would wait for a lock in the thread of the event loop.
  const db = new Database(path, { timeout: 0 });
  try {
    claimDatabase(db, path);
    // The files beside it get the same rights.
    chmodSync(path, 0o600);
    // Safe when the process is killed; when the machine loses power, the last seconds may be lost.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    checkPages(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Notes in the file itself that its log is in use, so that the next start can tell when the log is gone. From here to the
 * clean stop the log is never empty.
 * @returns true when a log should have been there and was not
 */
function openLog(db: Database.Database, logSize: number): boolean {
  const wasOpen = db.prepare(`SELECT 1 FROM ${UPKEEP} WHERE k = 'open'`).get() !== undefined;
  const mark = `INSERT OR REPLACE INTO ${UPKEEP} (k, v) VALUES ('open', '')`;
  try {
    db.exec(`${mark}; PRAGMA wal_checkpoint(TRUNCATE); ${mark}`);
  } catch (error) {
    // On a full disk a server still starts: it can say so to those who call.
    if (storeError(error, "").code !== "store-full") throw error;
  }
  return wasOpen && logSize === 0;
}

/** Notes a clean stop, and moves everything from the log into the file. */
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
      hint: "Lost calls carry on at Twilio, but nobody can transfer them. Keep the file if you want to examine it.",
    },
  );
}

function startAnew(path: string, because: string, { now, warn }: Opening): Database.Database {
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
 * Opens a store's database, or makes it. A damaged one of ours is set aside, never deleted, and what can be read of it is
 * kept: customers who call now matter more than the file.
 * @throws what SQLite and the file system throw
 */
export function openDatabase(path: string, opening: Opening): Database.Database {
  const damage = opening.isNew ? undefined : damageInBytes(path);
  if (damage !== undefined) return startAnew(path, damage, opening);
  const logSize = sizeOf(`${path}-wal`);
  try {
    const db = connect(path);
    if (openLog(db, logSize)) opening.warn(lostLog(path));
    return db;
  } catch (error) {
    if (!isDamaged(error)) throw error;
    return startAnew(path, error instanceof Error ? error.message : String(error), opening);
  }
}
