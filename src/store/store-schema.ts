import type Database from "libsql";
import { AppError } from "../errors.ts";

/** "warm", by which SQLite files of ours are known. */
const APPLICATION = 0x7761726d;
const VERSION = 1;

const numberIn = (db: Database.Database, question: string): number =>
  (db.prepare(question).raw().get() as [number])[0];

/**
 * Makes a new database ours.
 * @throws AppError config for a database that is another program's or a later version's; what SQLite throws
 */
export function claimDatabase(db: Database.Database, path: string): void {
  const application = numberIn(db, "PRAGMA application_id");
  if (application === 0 && numberIn(db, "SELECT count(*) FROM sqlite_schema") === 0)
    return void db.exec(
      `BEGIN IMMEDIATE; PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${VERSION}; COMMIT`,
    );
  if (application !== APPLICATION)
    throw new AppError("config", `${path} is another program's database.`, {
      hint: "Keep the calls elsewhere: STORE_URL=file:PATH.",
    });
  if (numberIn(db, "PRAGMA user_version") > VERSION)
    throw new AppError("config", `${path} was written by a later version of warm-transfer.`, {
      hint: "Install that version again, or begin with a new file: STORE_URL=file:PATH.",
    });
}

/** Makes the table of one namespace if it is missing: keys, values as Keyv's JSON, and until when they are there. */
export function ensureTable(db: Database.Database, table: string): void {
  db.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS ${table} (k TEXT PRIMARY KEY, v TEXT NOT NULL, expires INTEGER);
    CREATE INDEX IF NOT EXISTS ${table}_by_expiry ON ${table} (expires) WHERE expires IS NOT NULL;
    COMMIT`);
}
