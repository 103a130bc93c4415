import type Database from "libsql";
import { AppError } from "../../errors.ts";

/** "warm": identifies our SQLite files. */
export const APPLICATION = 0x7761726d;
/** Raised with the version of the call records, too: an earlier release then refuses the file with a sentence. */
const VERSION = 4;

/** Keys, values in Keyv's JSON, expiry times. */
export const RECORD_TABLES = ["live", "ended", "sessions", "generations"] as const;
/** Unreadable records, with their table. */
export const SET_ASIDE = "set_aside";
/** State of the file itself, and the probe's rows. */
export const UPKEEP = "upkeep";

const numberIn = (db: Database.Database, question: string): number =>
  (db.prepare(question).raw().get() as [number])[0];

const tableSql = (table: string): string => `
  CREATE TABLE IF NOT EXISTS ${table} (k TEXT PRIMARY KEY, v TEXT NOT NULL, expires INTEGER);
  CREATE INDEX IF NOT EXISTS ${table}_by_expiry ON ${table} (expires) WHERE expires IS NOT NULL;`;

const SCHEMA = `
  ${RECORD_TABLES.map(tableSql).join("")}
  CREATE TABLE IF NOT EXISTS ${SET_ASIDE} (id INTEGER PRIMARY KEY, place TEXT, k TEXT, v TEXT, at INTEGER);
  CREATE TABLE IF NOT EXISTS ${UPKEEP} (k TEXT PRIMARY KEY, v TEXT NOT NULL);`;

export function inTransaction(db: Database.Database, sql: string): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec(`${sql}; COMMIT`);
  } catch (error) {
    if (db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function missingTable(db: Database.Database): string | undefined {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").raw().all() as [string][];
  const there = new Set(tables.map(([name]) => name));
  return [...RECORD_TABLES, SET_ASIDE, UPKEEP].find((table) => !there.has(table));
}

/**
 * Marks a new database as ours and creates its tables.
 * @throws AppError config for a database of another program or a later version; what SQLite throws; SQLITE_CORRUPT if one
 *   of our tables is missing
 */
export function claimDatabase(db: Database.Database, path: string): void {
  const application = numberIn(db, "PRAGMA application_id");
  const isNew = application === 0 && numberIn(db, "SELECT count(*) FROM sqlite_schema") === 0;
  if (!isNew && application !== APPLICATION)
    throw new AppError("config", `${path} is another program's database.`, {
      hint: "Set STORE_URL=file:PATH to another file.",
    });
  const version = numberIn(db, "PRAGMA user_version");
  if (version > VERSION)
    throw new AppError("config", `A later version of warm-transfer wrote ${path}.`, {
      hint: "Install that version again, or start with a new file: STORE_URL=file:PATH.",
    });
  if (version < VERSION)
    return inTransaction(
      db,
      `PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${VERSION}; ${SCHEMA}`,
    );
  const missing = missingTable(db);
  if (missing !== undefined)
    throw Object.assign(new Error(`the table ${missing} is missing`), { code: "SQLITE_CORRUPT" });
}

/** Creates a namespace's table if it is missing. */
export function ensureTable(db: Database.Database, table: string): void {
  inTransaction(db, tableSql(table));
}
