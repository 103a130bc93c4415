import type Database from "libsql";
import { AppError } from "../errors.ts";

/** "warm", by which SQLite files of ours are known. */
const APPLICATION = 0x7761726d;
const VERSION = 1;

const SCHEMA = `
  BEGIN IMMEDIATE;
  CREATE TABLE entries (k TEXT PRIMARY KEY, v TEXT NOT NULL, expires INTEGER);
  CREATE INDEX entries_by_expiry ON entries (expires) WHERE expires IS NOT NULL;
  PRAGMA application_id = ${APPLICATION};
  PRAGMA user_version = ${VERSION};
  COMMIT`;

const numberIn = (db: Database.Database, question: string): number =>
  (db.prepare(question).raw().get() as [number])[0];

/**
 * Makes our table in a new database, all of it or nothing.
 * @throws AppError config for a database that is another program's or a later version's; what SQLite throws
 */
export function prepareSchema(db: Database.Database, path: string): void {
  const tables = numberIn(db, "SELECT count(*) FROM sqlite_schema");
  if (tables === 0) return void db.exec(SCHEMA);
  const version = numberIn(db, "PRAGMA user_version");
  if (numberIn(db, "PRAGMA application_id") !== APPLICATION)
    throw new AppError("config", `${path} is another program's database.`, {
      hint: "Keep the calls elsewhere: STORE_URL=file:PATH.",
    });
  if (version > VERSION)
    throw new AppError("config", `${path} was written by a later version of warm-transfer.`, {
      hint: "Install that version again, or begin with a new file: STORE_URL=file:PATH.",
    });
}
