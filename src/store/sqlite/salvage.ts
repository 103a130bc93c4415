import { copyFileSync, existsSync, renameSync, rmSync, truncateSync } from "node:fs";
import Database from "libsql";
import { readHeader, sizeOf } from "./damage.ts";
import { RECORD_TABLES } from "./store-schema.ts";

/** A database is up to three files. */
const PARTS = ["", "-wal", "-shm"];

type Row = [k: Buffer, v: Buffer, expires: number | null];
export type Salvaged = Record<(typeof RECORD_TABLES)[number], number>;

/** Renames a database. @returns its new path */
export function setFileAside(path: string, at: number): string {
  const aside = `${path}.damaged-${new Date(at).toISOString().replace(/[:.]/g, "-")}`;
  for (const part of PARTS) if (existsSync(path + part)) renameSync(path + part, aside + part);
  return aside;
}

/** SQLite refuses a file that is shorter than its header says: the missing pages become zeros. */
function copyWhole(from: string, to: string): void {
  for (const part of PARTS.slice(0, 2)) if (existsSync(from + part)) copyFileSync(from + part, to + part);
  const whole = readHeader(to)?.whole ?? 0;
  if (sizeOf(to) < whole) truncateSync(to, whole);
}

/** Reads up to the first page that is damaged, and from the other end. */
function* readableRows(db: Database.Database, table: string): Generator<Row> {
  for (const order of ["ASC", "DESC"])
    try {
      const rows = db.prepare(
        `SELECT CAST(k AS BLOB), CAST(v AS BLOB), expires FROM ${table} ORDER BY rowid ${order}`,
      );
      yield* rows.raw().iterate() as Iterable<Row>;
    } catch {
      // The rest is lost, or is read from the other end.
    }
}

function copyRows(from: Database.Database, to: Database.Database): Salvaged {
  const salvaged: Salvaged = { live: 0, ended: 0, sessions: 0, generations: 0 };
  to.exec("BEGIN IMMEDIATE");
  for (const table of RECORD_TABLES) {
    const insert = to.prepare(
      `INSERT OR IGNORE INTO ${table} (k, v, expires) VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?)`,
    );
    for (const row of readableRows(from, table)) salvaged[table] += insert.run(...row).changes;
  }
  to.exec("COMMIT");
  return salvaged;
}

/**
 * Copies every record that can be read from a damaged database, which stays as it is, into a new one.
 * @param damaged its path
 */
export function salvage(damaged: string, db: Database.Database): Salvaged {
  const copy = `${damaged}.copy`;
  let from: Database.Database | undefined;
  try {
    copyWhole(damaged, copy);
    from = new Database(copy, { timeout: 0 });
    return copyRows(from, db);
  } finally {
    from?.close();
    for (const part of PARTS) rmSync(copy + part, { force: true });
  }
}
